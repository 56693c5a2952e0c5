package io.x402compute.payment;

import java.time.Instant;

import io.x402compute.x402.protocol.Usdc;

/**
 * Credit that a wallet was given for an order; an order has one at most.
 *
 * @param reason why, a machine code
 * @param createdAt exact to the millisecond
 */
public record CreditEntry(OrderId order, Usdc amount, String reason, Instant createdAt) {}
