package io.x402compute.local.inference;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One request.
 *
 * @param path below the API's base
 * @param id what the route's pattern captured, empty without
 * @param server where files of ours are served
 * @param fate of a job that it may begin
 */
record Call(Dialect dialect, String method, String path, String id, KeyCheck key,
        String contentType, byte[] body, URI server, Fate fate) {

    /** What it says of who sent it. */
    enum KeyCheck {
        RIGHT, WRONG, MISSING
    }

    Call withId(String captured) {
        return new Call(dialect, method, path, captured, key, contentType, body, server, fate);
    }

    Call withFate(Fate other) {
        return new Call(dialect, method, path, id, key, contentType, body, server, other);
    }

    static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                String[] sides = pair.split("=", 2);
                query.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
