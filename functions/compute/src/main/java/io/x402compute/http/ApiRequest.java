package io.x402compute.http;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, free of its transport's shape.
 *
 * @param method upper case
 * @param path as the caller sent it, without the query
 * @param pathParameters by name, decoded
 * @param query by name; repeated names joined with commas, as API Gateway does
 * @param rawQuery the query as it was sent, empty without one
 * @param headers by lower-case name; repeated names joined with commas
 * @param body the exact bytes that were sent, empty without a body
 * @param requestId given by the front door; in every answer and log line
 * @param baseUrl scheme and host of this API, without a trailing slash
 * @param deadline when the function that serves it is stopped, answered or not
 * @param source the IP address that it came from; empty where that is not known
 * @param carrier what it came in; empty for a request that its client sent as such
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, String> query,
        String rawQuery,
        Map<String, String> headers,
        byte[] body,
        String requestId,
        String baseUrl,
        Instant deadline,
        String source,
        Optional<Carrier> carrier) {

    /**
     * What another request came in.
     *
     * @param sent as its client sent it, and signed it if it was signed
     * @param url what the other goes by there, whose own address nothing was sent to
     */
    public record Carrier(ApiRequest sent, String url) {}

    /** A request that its client sent as such. */
    public ApiRequest(String method, String path, Map<String, String> pathParameters, Map<String, String> query,
            String rawQuery, Map<String, String> headers, byte[] body, String requestId, String baseUrl,
            Instant deadline, String source) {
        this(method, path, pathParameters, query, rawQuery, headers, body, requestId, baseUrl, deadline, source,
                Optional.empty());
    }

    /** A request that came from nowhere. */
    public ApiRequest(String method, String path, Map<String, String> pathParameters, Map<String, String> query,
            String rawQuery, Map<String, String> headers, byte[] body, String requestId, String baseUrl,
            Instant deadline) {
        this(method, path, pathParameters, query, rawQuery, headers, body, requestId, baseUrl, deadline, "");
    }

    /**
     * The request that came in this one, and is as much its client's.
     *
     * @param url what it goes by
     */
    public ApiRequest carrying(String url, String itsMethod, String itsPath, Map<String, String> parameters,
            Map<String, String> itsQuery, Map<String, String> itsHeaders, byte[] itsBody) {
        return new ApiRequest(itsMethod, itsPath, parameters, itsQuery, "", itsHeaders, itsBody, requestId, baseUrl,
                deadline, source, Optional.of(new Carrier(this, url)));
    }

    /** The request as its client sent it, which is what a signature is over: this one, or what it came in. */
    public ApiRequest sent() {
        return carrier.map(Carrier::sent).orElse(this);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The name that the client gave to this write, if it gave one.
     *
     * @throws ApiException 400 {@code invalid_idempotency_key} for one that is empty, too long or not printable ASCII
     */
    public Optional<IdempotencyKey> idempotencyKey() {
        return IdempotencyKey.of(this);
    }

    /** A parameter that the route has; a route without it is a mistake of ours. */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter " + name);
        }
        return value;
    }

    public Optional<String> queryParameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** What was asked for: the address without the query, or what that goes by in the request that it came in. */
    public String url() {
        return carrier.map(Carrier::url).orElseGet(() -> baseUrl + path);
    }
}
