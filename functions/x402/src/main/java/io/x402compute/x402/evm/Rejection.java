package io.x402compute.x402.evm;

/**
 * Why a payment does not hold.
 *
 * @param reason one of {@link ExactEvmReason}
 * @param message for people; may be empty
 */
public record Rejection(String reason, String message) {}
