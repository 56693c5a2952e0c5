package io.x402compute.local.provider;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/**
 * One request.
 *
 * @param path below {@code /v2}
 * @param id what the route's pattern captured, empty without
 * @param keyed whether it carried the right key
 */
record Call(String method, String path, String id, Map<String, String> query, boolean keyed, byte[] body) {

    Call withId(String captured) {
        return new Call(method, path, captured, query, keyed, body);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** @throws Refused without a JSON object */
    JsonNode json() {
        try {
            JsonNode json = Json.read(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Answered below, like any other body that is no object.
        }
        throw Refused.badRequest("Bad request.");
    }

    static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (!raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                String[] sides = pair.split("=", 2);
                query.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
