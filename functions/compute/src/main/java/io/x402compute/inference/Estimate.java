package io.x402compute.inference;

import java.util.List;

import io.x402compute.x402.protocol.Usdc;

/**
 * What a run costs.
 *
 * @param ceiling the most it can cost, which is what is asked for it
 * @param metered whether it may cost less: what it has used is known afterwards
 * @param honoured every ceiling that somebody may have been asked within the last ten minutes, the present one first
 */
public record Estimate(Usdc ceiling, boolean metered, List<Usdc> honoured) {

    public Estimate {
        honoured = List.copyOf(honoured);
    }

    /** One that has not changed lately. */
    public Estimate(Usdc ceiling, boolean metered) {
        this(ceiling, metered, List.of(ceiling));
    }
}
