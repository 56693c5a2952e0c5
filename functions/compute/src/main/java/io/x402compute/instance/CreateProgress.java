package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the provider's machine has come into being.
 *
 * @param sentAt when the order last went out; empty before the first time and after a definite "not carried out"
 * @param leaseUntil until then somebody is at it and nobody else may order
 */
public record CreateProgress(Optional<Instant> sentAt, Instant leaseUntil) {
    static final CreateProgress NOT_SENT = new CreateProgress(Optional.empty(), Instant.EPOCH);
}
