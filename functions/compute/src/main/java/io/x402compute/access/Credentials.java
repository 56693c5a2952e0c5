package io.x402compute.access;

import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;

/** What a request says of who sends it, read but not believed. Who is asking must not be a guess, so it may say it in one way only. */
sealed interface Credentials {

    record None() implements Credentials {}

    /** A signature over this very request. */
    record Signed(SignedRequest request) implements Credentials {}

    /** A signature that signs in to this API. */
    record SignedIn(String proof) implements Credentials {}

    record Key(String key) implements Credentials {}

    /**
     * The credentials of a request.
     *
     * @throws ApiException 400 {@code two_credentials} when it has two kinds of them, 401 when those of a signature are incomplete
     */
    static Credentials of(ApiRequest request) {
        Optional<Credentials> signed = SignedRequest.of(request).map(Signed::new);
        Optional<Credentials> signedIn = SignIns.presented(request).map(SignedIn::new);
        Optional<Credentials> key = ApiKeyCheck.presented(request).map(Key::new);
        if (Stream.of(signed, signedIn, key).filter(Optional::isPresent).count() > 1) {
            throw ApiException.badRequest("two_credentials",
                    "Send one of these: a signature, a sign-in or an API key");
        }
        return signed.or(() -> signedIn).or(() -> key).orElseGet(None::new);
    }
}
