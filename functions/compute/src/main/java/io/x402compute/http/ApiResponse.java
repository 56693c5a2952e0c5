package io.x402compute.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers beside {@code Content-Type}
 * @param body one JSON object; empty where the answer is text
 * @param text sent in its place, for people and whoever reads like them
 */
public record ApiResponse(int status, Map<String, String> headers, ObjectNode body, Optional<String> text) {

    /** An answer in JSON. */
    public ApiResponse(int status, Map<String, String> headers, ObjectNode body) {
        this(status, headers, body, Optional.empty());
    }

    public static ApiResponse ok(ObjectNode body) {
        return of(200, body);
    }

    public static ApiResponse text(String text) {
        return new ApiResponse(200, Map.of(), Json.object(), Optional.of(text));
    }

    public static ApiResponse of(int status, ObjectNode body) {
        return new ApiResponse(status, Map.of(), body);
    }

    public ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body, text);
    }

    String contentType() {
        return text.isPresent() ? "text/plain; charset=utf-8" : "application/json";
    }

    String content() {
        return text.orElseGet(() -> Json.write(body));
    }
}
