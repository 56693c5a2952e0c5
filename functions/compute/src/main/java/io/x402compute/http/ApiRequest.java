package io.x402compute.http;

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
 * @param headers by lower-case name
 * @param body the exact bytes that were sent, empty without a body
 * @param requestId given by the front door; in every answer and log line
 * @param baseUrl scheme and host of this API, without a trailing slash
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
        String baseUrl) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public String pathParameter(String name) {
        return pathParameters.get(name);
    }
}
