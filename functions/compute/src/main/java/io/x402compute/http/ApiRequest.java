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
        String source) {

    /** A request that came from nowhere. */
    public ApiRequest(String method, String path, Map<String, String> pathParameters, Map<String, String> query,
            String rawQuery, Map<String, String> headers, byte[] body, String requestId, String baseUrl,
            Instant deadline) {
        this(method, path, pathParameters, query, rawQuery, headers, body, requestId, baseUrl, deadline, "");
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

    /** The address that was asked for, without the query. */
    public String url() {
        return baseUrl + path;
    }
}
