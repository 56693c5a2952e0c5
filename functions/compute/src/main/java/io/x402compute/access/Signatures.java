package io.x402compute.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/**
 * Finds out which wallet signed a request, or has signed in for it. Whatever is wrong with a signature that was sent is 401:
 * {@code missing_auth}, {@code invalid_auth}, {@code expired_auth}, {@code replayed_nonce}; or {@code invalid_siwx_…}, see
 * {@link SignIns}.
 */
public final class Signatures {
    /** How far the caller's clock may be from ours, either way. */
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** A timestamp may lie a window ahead and is accepted for another; the rest covers rounding to seconds. */
    private static final Duration REMEMBERED = WINDOW.multipliedBy(2).plusSeconds(60);

    private final Nonces nonces;
    private final SignIns signIns;
    private final Clock clock;

    public Signatures(Nonces nonces, Clock clock) {
        this.nonces = nonces;
        this.signIns = new SignIns(nonces, clock);
        this.clock = clock;
    }

    /**
     * The wallet that signed this request, which no API key can stand in for.
     *
     * @throws ApiException 401 when it is not signed or the signature does not hold; 403 {@code signature_required} when it
     *     comes with an API key instead; 400 {@code two_credentials} when it comes with two kinds of credentials
     */
    public Wallet require(ApiRequest request) {
        Credentials credentials = Credentials.of(request);
        if (credentials instanceof Credentials.Key) {
            throw signatureRequired();
        }
        return wallet(credentials, request).orElseThrow(() -> missing(request));
    }

    /** The wallet that signed this request; empty when it comes without a signature. */
    Optional<Wallet> wallet(Credentials credentials, ApiRequest request) {
        return switch (credentials) {
            case Credentials.Signed(SignedRequest signed) -> Optional.of(checked(signed, request));
            case Credentials.SignedIn(String proof) -> Optional.of(signIns.checked(proof, request));
            case Credentials.Key key -> Optional.empty();
            case Credentials.None() -> Optional.empty();
        };
    }

    /** What a request without credentials is told where some are needed: 401 {@code missing_auth}, and what it can sign. */
    ApiException missing(ApiRequest request) {
        return signIns.challenging(SignedRequest.missing(), request);
    }

    private static ApiException signatureRequired() {
        return new ApiException(403, "signature_required", "This takes a wallet signature, not an API key");
    }

    /** Who signed it, if that is true. */
    private Wallet checked(SignedRequest signed, ApiRequest request) {
        Instant now = clock.instant();
        if (Duration.between(signed.signedAt(), now).abs().compareTo(WINDOW) > 0) {
            throw ApiException.unauthorized("expired_auth", "X-Auth-Timestamp is more than 300 seconds off");
        }
        // Before the nonce is used up: nobody may use up a nonce of somebody else.
        if (!isSigned(signed, request.sent())) {
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
