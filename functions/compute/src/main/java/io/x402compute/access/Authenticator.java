package io.x402compute.access;

import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/**
 * Finds out which wallet sends a request: by its signature over it, by its sign-in, or by an API key that it made. Whatever is
 * wrong with credentials that were sent is 401, see {@link Signatures}, or {@code unknown_api_key}; two kinds at once are 400
 * {@code two_credentials}.
 */
public final class Authenticator {
    private final Signatures signatures;
    private final ApiKeyCheck keys;

    public Authenticator(Signatures signatures, ApiKeyCheck keys) {
        this.signatures = signatures;
        this.keys = keys;
    }

    /**
     * The wallet that sends this request; empty when it comes without credentials.
     *
     * @throws ApiException 401 when it comes with credentials that do not hold, 400 when it comes with two kinds of them
     */
    public Optional<Wallet> authenticate(ApiRequest request) {
        Credentials credentials = Credentials.of(request);
        return credentials instanceof Credentials.Key(String key)
                ? Optional.of(keys.owner(key))
                : signatures.wallet(credentials, request);
    }

    /** Whether a request comes with an API key; whether it is one is not looked at. */
    public static boolean hasKey(ApiRequest request) {
        return ApiKeyCheck.presented(request).isPresent();
    }

    /**
     * Whoever was found to send a request.
     *
     * @throws ApiException 401 {@code missing_auth} when nobody was
     */
    public Wallet required(Optional<Wallet> caller, ApiRequest request) {
        return caller.orElseThrow(() -> signatures.missing(request));
    }

    /**
     * What a request that was found to be authentic was signed with, and no other of its wallet; empty if it came with an API
     * key.
     */
    public static Optional<String> nonce(ApiRequest request) {
        return ApiKeyCheck.presented(request).isPresent()
                ? Optional.empty()
                : request.header(SignedRequest.NONCE_HEADER).or(() -> SignIns.nonce(request));
    }

    /**
     * The wallet that sends this request.
     *
     * @throws ApiException as {@link #authenticate}, and 401 when it comes without credentials
     */
    public Wallet require(ApiRequest request) {
        return required(authenticate(request), request);
    }
}
