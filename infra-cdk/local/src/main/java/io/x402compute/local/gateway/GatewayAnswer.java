package io.x402compute.local.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.local.function.FunctionRuntime.Outcome;

/**
 * What goes back to the client.
 *
 * @param headers by name; several values where the header is repeated
 */
record GatewayAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    private static final String CONTENT_TYPE = "content-type";
    private static final String JSON_TYPE = "application/json";

    /** One of the gateway's own answers. */
    static GatewayAnswer message(int status, String message) {
        return new GatewayAnswer(
                status,
                Map.of(CONTENT_TYPE, List.of(JSON_TYPE)),
                bytes(Json.write(Json.object().put("message", message))));
    }

    static GatewayAnswer internalServerError() {
        return message(500, "Internal Server Error");
    }

    static GatewayAnswer serviceUnavailable() {
        return message(503, "Service Unavailable");
    }

    static GatewayAnswer of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned returned -> of(returned.payload());
            case Outcome.Failed failed -> internalServerError();
            case Outcome.TimedOut timedOut -> serviceUnavailable();
        };
    }

    /** A function's answer in format 2.0; without a {@code statusCode} the whole payload is the body of a 200. */
    private static GatewayAnswer of(byte[] payload) {
        if (payload.length > GatewayLimits.ANSWER_BYTES) {
            return internalServerError(); // to Lambda, a function that answers too much has failed
        }
        try {
            return of(Json.read(payload), payload);
        } catch (IOException | IllegalArgumentException e) {
            return internalServerError(); // neither JSON nor base64 where it says so
        }
    }

    private static GatewayAnswer of(JsonNode answer, byte[] payload) {
        if (!answer.has("statusCode")) {
            return new GatewayAnswer(200, Map.of(CONTENT_TYPE, List.of(JSON_TYPE)), payload);
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put(CONTENT_TYPE, List.of("text/plain; charset=utf-8"));
        answer.path("headers").properties().forEach(
                header -> headers.put(lowerCase(header.getKey()), List.of(header.getValue().asText())));
        answer.path("multiValueHeaders").properties()
                .forEach(header -> headers.put(lowerCase(header.getKey()), texts(header.getValue())));
        List<String> cookies = texts(answer.path("cookies"));
        if (!cookies.isEmpty()) {
            headers.put("set-cookie", cookies);
        }
        String body = answer.path("body").asText("");
        byte[] decoded = answer.path("isBase64Encoded").asBoolean() ? Base64.getDecoder().decode(body) : bytes(body);
        return new GatewayAnswer(answer.path("statusCode").asInt(), headers, decoded);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
