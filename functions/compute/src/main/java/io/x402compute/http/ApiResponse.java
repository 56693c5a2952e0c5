package io.x402compute.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers beside {@code Content-Type}, which is always JSON
 * @param body one JSON object
 */
public record ApiResponse(int status, Map<String, String> headers, ObjectNode body) {

    public static ApiResponse ok(ObjectNode body) {
        return of(200, body);
    }

    public static ApiResponse of(int status, ObjectNode body) {
        return new ApiResponse(status, Map.of(), body);
    }

    public ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body);
    }
}
