package io.x402compute.mcp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.CredentialHeaders;
import io.x402compute.contract.Operation.In;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.WireJson;

/**
 * A call of a tool, as the request of its route that it stands for: the same order, whichever way it comes.
 *
 * @param arguments empty if there are none, which is not the same as an empty object
 * @param payment as it came in {@code _meta}
 */
record ToolCall(Tool tool, Optional<ObjectNode> arguments, Optional<ObjectNode> payment) {
    /** Of {@code params._meta}: a payment of x402, as an object. */
    static final String PAYMENT = "x402/payment";

    private static final byte[] NO_BODY = new byte[0];

    /**
     * The request.
     *
     * @param sent what the call came in, whose sender calls the tool; its own payment headers are nobody's
     * @throws ApiException 400 {@code unknown_argument}, {@code missing_field}, {@code invalid_field}
     */
    ApiRequest request(ApiRequest sent) {
        ObjectNode body = arguments.map(ObjectNode::deepCopy).orElseGet(Json::object);
        requireKnown(body);
        Map<String, String> path = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>(CredentialHeaders.of(sent));
        tool.places().forEach((argument, place) -> Optional.ofNullable(body.remove(argument)).ifPresent(value -> {
            switch (place.in()) {
                case PATH -> path.put(place.name(), text(argument, value));
                case QUERY -> query.put(place.name(), scalar(argument, value));
                case HEADER -> headers.put(place.name().toLowerCase(Locale.ROOT), text(argument, value));
            }
        }));
        payment.ifPresent(paid -> headers.put(header(paid).toLowerCase(Locale.ROOT), WireJson.headerText(paid)));
        return sent.carrying(tool.discovery().resourceUrl(), tool.route().method(), path(path), path, query, headers,
                tool.takesBody() && arguments.isPresent()
                        ? Json.write(body).getBytes(StandardCharsets.UTF_8)
                        : NO_BODY);
    }

    /** Whether it is paid in the words of version 1. */
    boolean speaksVersion1() {
        return payment.filter(paid -> header(paid).equals(PaymentHeaders.X_PAYMENT)).isPresent();
    }

    private static String header(ObjectNode payment) {
        return payment.path("x402Version").asInt() == 1 ? PaymentHeaders.X_PAYMENT : PaymentHeaders.PAYMENT_SIGNATURE;
    }

    /** A route ignores what it does not know. A model that has made a name up would buy something else than it means. */
    private void requireKnown(ObjectNode given) {
        if (!given.propertyStream().map(Map.Entry::getKey).allMatch(tool.inputSchema().path("properties")::has)) {
            throw ApiException.badRequest("unknown_argument", tool.takes());
        }
    }

    /** The path of the route with what stands for its parameters. */
    private String path(Map<String, String> parameters) {
        String path = tool.route().path();
        for (Map.Entry<String, Tool.Place> argument : tool.places().entrySet()) {
            String name = argument.getValue().name();
            if (argument.getValue().in() == In.PATH) {
                String value = Optional.ofNullable(parameters.get(name)).orElseThrow(
                        () -> ApiException.badRequest("missing_field", argument.getKey() + " is required"));
                path = path.replace("{" + name + "}", URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return path;
    }

    private static String text(String argument, JsonNode value) {
        if (!value.isTextual()) {
            throw ApiException.invalidField(argument, "must be a string");
        }
        return value.textValue();
    }

    private static String scalar(String argument, JsonNode value) {
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            throw ApiException.invalidField(argument, "must be a string, a number, or true or false");
        }
        return value.asText();
    }
}
