package io.x402compute.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/** Finds out whose key a request comes with. */
public final class ApiKeyCheck {
    private static final String HEADER = "X-API-Key";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";
    static final List<String> HEADERS = List.of(HEADER, AUTHORIZATION);
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

    /** The key that a request comes with, in our own header or as a bearer token, read but not believed. */
    static Optional<String> presented(ApiRequest request) {
        // Two keys at once are none that anybody made.
        return Stream.of(request.header(HEADER), bearer(request)).flatMap(Optional::stream)
                .reduce((one, other) -> one + "," + other);
    }

    /** The name of the scheme may be in any case. */
    private static Optional<String> bearer(ApiRequest request) {
        return request.header(AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
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
