package io.x402compute.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.protocol.Wallet;

/**
 * How many calls of one kind a wallet may make in a minute. A call is counted once it is known whose it is, which is after its
 * nonce was used up: neither a stranger nor a replay spends anything. A call too many changes nothing, but its nonce is gone.
 */
public final class RateLimit {
    private final CallKind kind;
    private final int perMinute;
    private final CallCounts counts;
    private final Clock clock;

    public RateLimit(CallKind kind, int perMinute, CallCounts counts, Clock clock) {
        this.kind = kind;
        this.perMinute = perMinute;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Serves a call of that wallet if it has one left; either way the answer says what is left.
     *
     * @throws ApiException 429 {@code rate_limited} when it has none, and whatever {@code call} throws
     */
    public ApiResponse serve(Wallet caller, Supplier<ApiResponse> call) {
        Allowance left = take(caller);
        if (left.isExceeded()) {
            throw told(left, new ApiException(429, "rate_limited",
                    "A wallet may make %d %s a minute".formatted(perMinute, kind.wireName()))
                    .retryAfter(Duration.ofSeconds(left.secondsLeft())));
        }
        try {
            return call.get().withHeader("RateLimit-Policy", left.policyHeader()).withHeader("RateLimit",
                    left.header());
        } catch (ApiException e) {
            throw told(left, e);
        }
    }

    /** As the other; a call without credentials is nobody's, and not counted. */
    public ApiResponse serve(Optional<Wallet> caller, Supplier<ApiResponse> call) {
        return caller.map(wallet -> serve(wallet, call)).orElseGet(call);
    }

    private Allowance take(Wallet caller) {
        // A failed count fails the call: the nonce before it and every key lie in the same hands, and a limit that gives
        // way when the table is under pressure is none.
        return Minute.of(clock.instant()).count(counts, caller.address(), kind.wireName(), perMinute);
    }

    private static ApiException told(Allowance left, ApiException refusal) {
        return refusal.withHeader("RateLimit-Policy", left.policyHeader()).withHeader("RateLimit", left.header());
    }
}
