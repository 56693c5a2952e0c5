package io.x402compute.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/**
 * Finds out which wallet sends a request. Whatever is wrong with credentials that were sent is 401: {@code missing_auth},
 * {@code invalid_auth}, {@code expired_auth}, {@code replayed_nonce}, {@code unknown_api_key}.
 */
public final class Authenticator {
    /** How far the caller's clock may be from ours, either way. */
    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** A timestamp may lie a window ahead and is accepted for another; the rest covers rounding to seconds. */
    private static final Duration REMEMBERED = WINDOW.multipliedBy(2).plusSeconds(60);

    private final Nonces nonces;
    private final Clock clock;

    public Authenticator(Nonces nonces, Clock clock) {
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * The wallet that sends this request; empty when it comes without credentials.
     *
     * @throws ApiException 401 when it comes with credentials that do not hold
     */
    public Optional<Wallet> authenticate(ApiRequest request) {
        if (request.header("X-API-Key").isPresent()) {
            throw ApiException.unauthorized("unknown_api_key", "Unknown API key");
        }
        return SignedRequest.of(request).map(signed -> checked(signed, request));
    }

    /**
     * The wallet that sends this request.
     *
     * @throws ApiException 401 when it comes without credentials or with some that do not hold
     */
    public Wallet require(ApiRequest request) {
        return authenticate(request).orElseThrow(SignedRequest::missing);
    }

    private Wallet checked(SignedRequest signed, ApiRequest request) {
        Instant now = clock.instant();
        if (Duration.between(signed.signedAt(), now).abs().compareTo(WINDOW) > 0) {
            throw ApiException.unauthorized("expired_auth", "X-Auth-Timestamp is more than 300 seconds off");
        }
        // Before the nonce is used up: nobody may use up a nonce of somebody else.
        if (!isSigned(signed, request)) {
            throw SignedRequest.invalid("Invalid signature");
        }
        if (!nonces.burn(signed.wallet(), signed.nonce(), now, now.plus(REMEMBERED))) {
            throw ApiException.unauthorized("replayed_nonce", "X-Auth-Nonce was used before");
        }
        return signed.wallet();
    }

    private static boolean isSigned(SignedRequest signed, ApiRequest request) {
        if (isSigned(signed, request, request.path())) {
            return true;
        }
        // An early client signed the query with the path.
        return !request.rawQuery().isEmpty()
                && isSigned(signed, request, request.path() + "?" + request.rawQuery());
    }

    private static boolean isSigned(SignedRequest signed, ApiRequest request, String path) {
        return signed.chain().signed(signed.wallet(), signed.message(request, path), signed.signature(),
                signed.encoding());
    }
}
