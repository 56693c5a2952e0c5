package io.x402compute.x402.solana;

/**
 * Why a payment does not hold.
 *
 * @param reason one of {@link ExactSvmReason}
 * @param message for people
 */
public record SvmRefusal(String reason, String message) {}
