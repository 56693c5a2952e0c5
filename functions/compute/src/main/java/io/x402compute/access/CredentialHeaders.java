package io.x402compute.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.x402compute.http.ApiRequest;
import io.x402compute.x402.extension.SignInProof;

/** What a request says of who sends it, for another request that came in it: nothing is believed, or used up, before that is served. */
public final class CredentialHeaders {
    private static final List<String> NAMES = Stream.of(SignedRequest.HEADERS, ApiKeyCheck.HEADERS,
            List.of(SignInProof.HEADER)).flatMap(List::stream).toList();

    private CredentialHeaders() {}

    /** By lower-case name. */
    public static Map<String, String> of(ApiRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        NAMES.forEach(name -> request.header(name)
                .ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), value)));
        return headers;
    }
}
