package io.x402compute.access;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/**
 * A key as everybody but its holder knows it.
 *
 * @param owner whose requests it makes
 * @param last4 the end of the key
 * @param lastUsedAt exact to an hour; empty before the first use
 * @param revokedAt empty while it works
 */
public record ApiKey(
        ApiKeyId id,
        Wallet owner,
        Optional<String> label,
        String last4,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
