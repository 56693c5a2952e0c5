package io.x402compute.access;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.http.ApiRequest;
import io.x402compute.x402.extension.SignInProof;

/** What a request says of who sends it, for another request that came in it: nothing is believed, or used up, before that is served. */
public final class CredentialHeaders {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    private CredentialHeaders() {}

    /** By lower-case name; an API key that came as a bearer token is sent on as a key. */
    public static Map<String, String> of(ApiRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        Stream.concat(SignedRequest.HEADERS.stream(), Stream.of(SignInProof.HEADER, ApiKeyCheck.HEADER))
                .forEach(name -> request.header(name).ifPresent(value -> headers.put(lower(name), value)));
        // Two keys at once are no key that anybody made.
        bearer(request).ifPresent(token -> headers.merge(lower(ApiKeyCheck.HEADER), token,
                (first, next) -> first + "," + next));
        return headers;
    }

    /** The name of the scheme may be in any case. */
    private static Optional<String> bearer(ApiRequest request) {
        return request.header(AUTHORIZATION).filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
