package io.x402compute.instance;

import io.x402compute.x402.protocol.Usdc;

/**
 * A larger plan for a machine.
 *
 * @param from the plan it has
 * @param to the plan it is to have
 * @param hourly what an hour of that costs, as of the moment it was asked for
 */
public record Upgrade(String from, String to, Usdc hourly) {}
