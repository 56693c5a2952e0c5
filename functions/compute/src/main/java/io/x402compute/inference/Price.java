package io.x402compute.inference;

import java.util.List;

import io.x402compute.x402.protocol.Usdc;

/**
 * What a service costs, as its catalogue says.
 *
 * @param metered whether what was used is charged, and not what was quoted
 * @param least what any run costs
 */
public record Price(boolean metered, Usdc least, List<Rate> rates) {

    public Price {
        rates = List.copyOf(rates);
    }

    /** Of what was used, or may be; more never costs less. */
    public Usdc of(Usage usage) {
        Usdc sum = rates.stream().map(rate -> rate.of(usage.of(rate.meter()))).reduce(Usdc.ZERO, Usdc::plus);
        return sum.compareTo(least) < 0 ? least : sum;
    }
}
