package io.x402compute.x402.extension;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.WireJson;

/** {@code payment-identifier}: the client names its payment, so that a seller knows it again when it comes a second time. */
public final class PaymentIdentifier {
    public static final String KEY = "payment-identifier";

    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;
    private static final String CHARACTERS = "^[a-zA-Z0-9_-]+$";
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_-]{16,128}");

    private PaymentIdentifier() {}

    /** What a payment says about its name. */
    public sealed interface Reading {

        /** Nothing. */
        record Unnamed() implements Reading {}

        /**
         * A name.
         *
         * @param id 16 to 128 letters, digits, {@code _} and {@code -}
         */
        record Named(String id) implements Reading {}

        /** Something that is no name. */
        record Malformed() implements Reading {}
    }

    /** What a 402 says: a payment may be named, and need not be. */
    public static Map<String, ObjectNode> declaration() {
        ObjectNode json = WireJson.object();
        json.putObject("info").put("required", false);
        ObjectNode schema = json.putObject("schema").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("required").put("type", "boolean");
        properties.putObject("id").put("type", "string").put("minLength", SHORTEST).put("maxLength", LONGEST)
                .put("pattern", CHARACTERS);
        schema.putArray("required").add("required");
        return Map.of(KEY, json);
    }

    /** Reads the name that a client put into what it sends back. */
    public static Reading of(PaymentPayload payment) {
        return payment.extensions().flatMap(all -> Optional.ofNullable(all.get(KEY)))
                .map(extension -> extension.path("info").path("id"))
                .map(PaymentIdentifier::reading)
                .orElseGet(Reading.Unnamed::new);
    }

    private static Reading reading(JsonNode id) {
        if (id.isMissingNode()) {
            return new Reading.Unnamed();
        }
        return id.isTextual() && FORM.matcher(id.textValue()).matches()
                ? new Reading.Named(id.textValue())
                : new Reading.Malformed();
    }
}
