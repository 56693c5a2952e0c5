package io.x402compute.x402.extension;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.PaymentPayload;

/**
 * What a client may do to the extensions that it sends back: add to them, and leave out whole ones, or all. As the reference server
 * has it since version 2.15, only {@code info} is compared, whose arrays have to be the same.
 *
 * @param offered what is the same in every 402 of the resource, by extension
 */
public record ExtensionEcho(Map<String, ObjectNode> offered) {
    /** Where nothing was offered. */
    public static final ExtensionEcho NOTHING = new ExtensionEcho(Map.of());

    private static final String INFO = "info";

    public ExtensionEcho {
        offered = Map.copyOf(offered);
    }

    /** Whether all that a payment sends back of what was offered is still there. Extensions that were not offered do not count. */
    public boolean isKeptBy(PaymentPayload payment) {
        return payment.extensions().stream().flatMap(echoed -> echoed.properties().stream())
                .allMatch(echo -> !offered.containsKey(echo.getKey())
                        || holds(info(offered.get(echo.getKey())), info(echo.getValue())));
    }

    /** Clients send an extension with or without the shell around it. */
    private static JsonNode info(JsonNode extension) {
        return extension.has(INFO) ? extension.get(INFO) : extension;
    }

    private static boolean holds(JsonNode ours, JsonNode theirs) {
        if (!ours.isObject()) {
            return ours.equals(theirs);
        }
        return theirs.isObject() && ours.properties().stream()
                .allMatch(field -> theirs.has(field.getKey()) && holds(field.getValue(), theirs.get(field.getKey())));
    }
}
