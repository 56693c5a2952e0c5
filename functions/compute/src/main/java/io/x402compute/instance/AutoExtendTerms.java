package io.x402compute.instance;

import io.x402compute.x402.protocol.Usdc;

/**
 * What an owner wants of automatic extensions.
 *
 * @param hours of each
 * @param ceiling the most that all of a machine's may cost together, those before these terms included
 */
public record AutoExtendTerms(int hours, Usdc ceiling) {}
