package io.x402compute.local.inference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/**
 * One answer.
 *
 * @param parts of its body; more than one are sent one by one, without telling beforehand how many
 */
record Reply(int status, String contentType, List<byte[]> parts, Map<String, String> headers) {

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", List.of(utf8(Json.write(body))), Map.of());
    }

    static Reply json(JsonNode body) {
        return json(200, body);
    }

    static Reply text(String contentType, String body) {
        return bytes(contentType, utf8(body));
    }

    static Reply bytes(String contentType, byte[] body) {
        return new Reply(200, contentType, List.of(body), Map.of());
    }

    /** Server-sent events, and the one that says that there are no more. */
    static Reply events(List<? extends JsonNode> events) {
        List<byte[]> parts = new ArrayList<>();
        events.forEach(event -> parts.add(utf8("data: " + Json.write(event) + "\n\n")));
        parts.add(utf8("data: [DONE]\n\n"));
        return new Reply(200, "text/event-stream", parts, Map.of("Cache-Control", "no-cache"));
    }

    Reply withHeader(String name, String value) {
        return new Reply(status, contentType, parts, Map.of(name, value));
    }

    /** The same answer, complete by its length, but with half of its body. */
    Reply truncated() {
        if (parts.size() > 1) {
            return new Reply(status, contentType, parts.subList(0, parts.size() / 2), headers);
        }
        byte[] body = parts.getFirst();
        return new Reply(status, contentType, List.of(Arrays.copyOf(body, body.length / 2)), headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
