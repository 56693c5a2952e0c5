package io.x402compute.local.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * One answer.
 *
 * @param contentType empty without a body
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    static Reply json(int status, ObjectNode body) {
        return new Reply(status, JSON, Json.write(body).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply empty(int status) {
        return new Reply(status, "", new byte[0], Map.of());
    }

    /** The API's one shape of errors. */
    static Reply error(int status, String text) {
        return json(status, Json.object().put("error", text).put("status", status));
    }

    /** What something in front of the API answers. */
    static Reply html(int status, String title) {
        String page = "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>";
        return new Reply(status, "text/html", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Reply withHeader(String name, String value) {
        return new Reply(status, contentType, body, Map.of(name, value));
    }

    /** The same answer with something else in its body; as it is if that is no JSON. */
    Reply edited(Consumer<ObjectNode> edit) {
        if (!contentType.equals(JSON)) {
            return this;
        }
        try {
            ObjectNode json = (ObjectNode) Json.read(body);
            edit.accept(json);
            return new Reply(status, contentType, Json.write(json).getBytes(StandardCharsets.UTF_8), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same answer as people at a terminal like it. */
    Reply asLine() {
        byte[] line = Arrays.copyOf(body, body.length + 1);
        line[body.length] = '\n';
        return new Reply(status, contentType, line, headers);
    }

    /** The same answer, cut in the middle of its body. */
    Reply truncated() {
        byte[] half = Arrays.copyOf(body, body.length / 2);
        return new Reply(status, contentType, half, headers);
    }
}
