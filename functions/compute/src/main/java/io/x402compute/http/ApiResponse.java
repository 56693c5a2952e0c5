package io.x402compute.http;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers beside {@code Content-Type}
 * @param body one JSON object; empty where something else is sent
 * @param content sent in its place
 */
public record ApiResponse(int status, Map<String, String> headers, ObjectNode body, Optional<Content> content) {

    /** What is not JSON. */
    public sealed interface Content {

        /** For people and whoever reads like them. */
        record Text(String text) implements Content {}

        record Bytes(String mediaType, byte[] bytes) implements Content {}
    }

    /** An answer in JSON. */
    public ApiResponse(int status, Map<String, String> headers, ObjectNode body) {
        this(status, headers, body, Optional.empty());
    }

    public static ApiResponse ok(ObjectNode body) {
        return of(200, body);
    }

    public static ApiResponse text(String text) {
        return new ApiResponse(200, Map.of(), Json.object(), Optional.of(new Content.Text(text)));
    }

    public static ApiResponse bytes(String mediaType, byte[] bytes) {
        return new ApiResponse(200, Map.of(), Json.object(), Optional.of(new Content.Bytes(mediaType, bytes)));
    }

    public static ApiResponse of(int status, ObjectNode body) {
        return new ApiResponse(status, Map.of(), body);
    }

    public ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body, content);
    }

    String contentType() {
        return content.map(other -> switch (other) {
            case Content.Text text -> "text/plain; charset=utf-8";
            case Content.Bytes(String mediaType, byte[] bytes) -> mediaType;
        }).orElse("application/json");
    }

    /** As the gateway takes it: bytes in base64. */
    String sent() {
        return content.map(other -> switch (other) {
            case Content.Text(String text) -> text;
            case Content.Bytes(String mediaType, byte[] bytes) -> Base64.getEncoder().encodeToString(bytes);
        }).orElseGet(() -> Json.write(body));
    }

    boolean isBase64() {
        return content.filter(Content.Bytes.class::isInstance).isPresent();
    }
}
