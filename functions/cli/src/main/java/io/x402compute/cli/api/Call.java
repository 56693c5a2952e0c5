package io.x402compute.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request to the API, whoever sends it.
 *
 * @param path of letters that need no escape
 * @param query in the order it is written in
 * @param body empty without one
 * @param name its {@code Idempotency-Key}: what it is known by when it is sent again
 */
public record Call(String method, String path, Map<String, String> query, Optional<ObjectNode> body,
        Optional<String> name) {

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), Optional.empty(), Optional.empty());
    }

    public static Call post(String path) {
        return new Call("POST", path, Map.of(), Optional.empty(), Optional.empty());
    }

    public static Call post(String path, ObjectNode body) {
        return new Call("POST", path, Map.of(), Optional.of(body), Optional.empty());
    }

    public static Call delete(String path) {
        return new Call("DELETE", path, Map.of(), Optional.empty(), Optional.empty());
    }

    /** With one parameter more, if it has a value. */
    public Call with(String parameter, Optional<?> value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(parameter, value.get().toString());
        return new Call(method, path, more, body, name);
    }

    public Call named(String idempotencyKey) {
        return new Call(method, path, query, body, Optional.of(idempotencyKey));
    }

    /** The path, and the query if there is one. */
    String target() {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? path : path + "?" + parameters;
    }

    byte[] bytes() {
        return body.map(json -> json.toString().getBytes(StandardCharsets.UTF_8)).orElseGet(() -> new byte[0]);
    }
}
