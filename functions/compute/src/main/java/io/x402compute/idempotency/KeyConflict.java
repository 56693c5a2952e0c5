package io.x402compute.idempotency;

import java.time.Duration;

import io.x402compute.http.ApiException;

/** Why a request with a used key is refused. */
public final class KeyConflict {
    private static final Duration SOON = Duration.ofSeconds(5);

    private KeyConflict() {}

    /** 409 {@code idempotency_mismatch}: the key belongs to another request. */
    public static ApiException mismatch() {
        return new ApiException(409, "idempotency_mismatch",
                "This Idempotency-Key was used for another request; take a new one for each thing you want done");
    }

    /** 409 {@code idempotency_in_progress}: the same request is being worked on at this very moment. */
    public static ApiException inProgress() {
        return new ApiException(409, "idempotency_in_progress",
                "The first request with this Idempotency-Key is still being worked on; send it again")
                .retryAfter(SOON);
    }
}
