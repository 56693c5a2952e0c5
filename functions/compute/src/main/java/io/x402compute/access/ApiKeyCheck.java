package io.x402compute.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/** Finds out whose key a request comes with. */
public final class ApiKeyCheck {
    static final String HEADER = "X-API-Key";
    /** A key that is used all day costs 24 writes. */
    private static final Duration USE_NOTED_EVERY = Duration.ofHours(1);

    private final ApiKeys keys;
    private final ApiKeyHash hash;
    private final Clock clock;

    public ApiKeyCheck(ApiKeys keys, ApiKeyHash hash, Clock clock) {
        this.keys = keys;
        this.hash = hash;
        this.clock = clock;
    }

    /** The key that a request comes with, read but not believed. */
    static Optional<String> presented(ApiRequest request) {
        return request.header(HEADER);
    }

    /**
     * The wallet that made this key.
     *
     * @throws ApiException 401 {@code unknown_api_key} when nobody did, or it is revoked: who asks cannot tell which
     */
    Wallet owner(String presented) {
        String hashed = ApiKeySecret.parse(presented).map(hash::of).orElseThrow(ApiKeyCheck::unknown);
        ApiKey key = keys.find(hashed).filter(known -> known.revokedAt().isEmpty())
                .orElseThrow(ApiKeyCheck::unknown);
        Instant now = clock.instant();
        Instant since = now.minus(USE_NOTED_EVERY);
        if (key.lastUsedAt().filter(used -> !used.isBefore(since)).isEmpty()) {
            keys.used(hashed, now, since);
        }
        return key.owner();
    }

    private static ApiException unknown() {
        return ApiException.unauthorized("unknown_api_key", "Unknown API key");
    }
}
