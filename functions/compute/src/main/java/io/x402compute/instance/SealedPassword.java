package io.x402compute.instance;

/**
 * A password that only {@link PasswordSeal} can read.
 *
 * @param envelope base64
 */
public record SealedPassword(String envelope) {}
