package io.x402compute.inference;

import io.x402compute.x402.protocol.Usdc;

/**
 * What a run costs.
 *
 * @param ceiling the most it can cost, which is what is asked for it
 * @param metered whether it may cost less: what it has used is known afterwards
 */
public record Estimate(Usdc ceiling, boolean metered) {}
