package io.x402compute.x402.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a 402 says, in both versions at once: clients of version 2 read the header, those of version 1 the body.
 *
 * @param error why there is a 402: one of {@link Reasons}, or a facilitator's reason
 * @param resource what is sold
 * @param accepts the ways to pay, never empty on a paid route
 * @param extensions version 2 only: what else is said, by extension; never in version 1, whose clients do not know them
 */
public record PaymentRequired(
        String error, Resource resource, List<PaymentRequirements> accepts, Map<String, ObjectNode> extensions) {
    /** Version 1 clients refuse the whole 402 over an amount with more digits. */
    private static final int V1_AMOUNT_DIGITS = 18;

    public PaymentRequired {
        accepts = List.copyOf(accepts);
        // In their order: the same 402 has to be the same text.
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** One that uses no extension. */
    public PaymentRequired(String error, Resource resource, List<PaymentRequirements> accepts) {
        this(error, resource, accepts, Map.of());
    }

    /** The same with these extensions instead of its own. */
    public PaymentRequired with(Map<String, ObjectNode> others) {
        return new PaymentRequired(error, resource, accepts, others);
    }

    /** The value of {@link PaymentHeaders#PAYMENT_REQUIRED}. */
    public String v2Header() {
        ObjectNode json = WireJson.object().put("x402Version", 2).put("error", error);
        json.putObject("resource")
                .put("url", resource.url())
                .put("description", resource.description())
                .put("mimeType", resource.mimeType());
        ArrayNode offers = json.putArray("accepts");
        accepts.forEach(offer -> offers.add(offer.toV2Json()));
        if (!extensions.isEmpty()) {
            json.putObject("extensions").setAll(extensions);
        }
        return WireJson.headerText(json);
    }

    /** The body of a 402: only what version 1 can express, since its clients refuse a whole 402 over one strange entry. */
    public ObjectNode v1Body() {
        return v1Body(Optional.empty());
    }

    /**
     * The same, and how the resource is called.
     *
     * @param outputSchema of every offer; an object, for version 1 clients refuse null
     */
    public ObjectNode v1Body(Optional<ObjectNode> outputSchema) {
        ObjectNode json = WireJson.object().put("x402Version", 1).put("error", error);
        ArrayNode offers = json.putArray("accepts");
        accepts.stream().filter(PaymentRequired::fitsV1).map(offer -> offer.toV1Json(resource)).forEach(offer -> {
            outputSchema.ifPresent(schema -> offer.set("outputSchema", schema));
            offers.add(offer);
        });
        return json;
    }

    private static boolean fitsV1(PaymentRequirements offer) {
        return offer.scheme().equals(PaymentRequirements.EXACT)
                && offer.amount().atomicUnits().length() <= V1_AMOUNT_DIGITS;
    }
}
