package io.x402compute.x402.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a facilitator is asked to verify or to settle: {@code {x402Version, paymentPayload, paymentRequirements}}, both in that version's
 * shape. Here the requirements are the asker's, whom the facilitator serves.
 *
 * @param payment in the version of its payload
 */
public record FacilitatorRequest(Payment payment) {
    private static final String PAYLOAD = "paymentPayload";
    private static final String REQUIREMENTS = "paymentRequirements";
    /** Version 1 offers name what is sold, where nobody looks at it. */
    private static final Resource UNNAMED = new Resource("https://x402.invalid", "", "application/json");

    /** What a text turned out to be. */
    public sealed interface Reading {

        record Read(FacilitatorRequest request) implements Reading {}

        /** A well-made request about something that nobody could settle here, which is what its payer has sent or its seller offered. */
        record Unsettleable(String reason, int version, Optional<Network> network) implements Reading {}

        /** No such request. */
        record Malformed(String reason) implements Reading {}
    }

    /** Reads a request about the scheme {@code exact}, whatever the text is: this never throws. */
    public static Reading read(byte[] utf8) {
        return read(utf8, Set.of(PaymentRequirements.EXACT));
    }

    /**
     * The same of a request about any of these schemes.
     *
     * @param schemes that are settled here
     */
    public static Reading read(byte[] utf8, Set<String> schemes) {
        Optional<ObjectNode> json = WireJson.parse(utf8);
        Optional<ObjectNode> payload = json.flatMap(envelope -> WireJson.object(envelope, PAYLOAD));
        Optional<ObjectNode> requirements = json.flatMap(envelope -> WireJson.object(envelope, REQUIREMENTS));
        if (payload.isEmpty() || requirements.isEmpty()) {
            return new Reading.Malformed(Reasons.INVALID_PAYLOAD);
        }
        int version = version(json.get());
        if (version == 0 || version != version(payload.get())) {
            return new Reading.Malformed(Reasons.INVALID_X402_VERSION);
        }
        return read(payload.get(), requirements.get(), version, PaymentRequirements.ofVersion(version, schemes));
    }

    private static Reading read(ObjectNode payload, ObjectNode requirements, int version, Set<String> schemes) {
        Optional<String> scheme = WireJson.text(requirements, "scheme");
        Optional<String> network = WireJson.text(requirements, "network");
        if (scheme.isEmpty() || network.isEmpty()) {
            return new Reading.Malformed(Reasons.INVALID_PAYMENT_REQUIREMENTS);
        }
        Optional<Network> known = Network.named(network.get())
                .filter(named -> named.nameIn(version).equals(network.get()));
        if (!schemes.contains(scheme.get())) {
            return new Reading.Unsettleable(Reasons.UNSUPPORTED_SCHEME, version, known);
        }
        if (known.isEmpty()) {
            return new Reading.Unsettleable(Reasons.INVALID_NETWORK, version, known);
        }
        Optional<PaymentRequirements> terms = ReceivedOffers.requirements(requirements, version, schemes);
        if (terms.isEmpty()) {
            return new Reading.Malformed(Reasons.INVALID_PAYMENT_REQUIREMENTS);
        }
        try {
            return new Reading.Read(new FacilitatorRequest(
                    new Payment(PayloadDecoder.decode(payload, version, schemes), terms.get())));
        } catch (MalformedPayment e) {
            return new Reading.Unsettleable(e.reason(), version, known);
        }
    }

    private static int version(ObjectNode json) {
        JsonNode stated = json.path("x402Version");
        return stated.isInt() && (stated.intValue() == 1 || stated.intValue() == 2) ? stated.intValue() : 0;
    }

    /** A request about a payment that was read from one. */
    public static FacilitatorRequest of(String text) {
        return switch (read(text.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Read(FacilitatorRequest request) -> request;
            case Reading.Unsettleable(String reason, int version, Optional<Network> network) ->
                throw new IllegalStateException("not a request of ours: " + reason);
            case Reading.Malformed(String reason) ->
                throw new IllegalStateException("not a request of ours: " + reason);
        };
    }

    /** The wire form, about something that has no name. */
    public String text() {
        return toJson(UNNAMED).toString();
    }

    /**
     * The wire form.
     *
     * @param sold what version 1 requirements name as the resource; facilitators only check its form
     */
    public ObjectNode toJson(Resource sold) {
        PaymentRequirements requirements = payment.requirements();
        int version = payment.payload().version();
        ObjectNode json = WireJson.object().put("x402Version", version);
        json.set(PAYLOAD, payment.payload().toJson());
        json.set(REQUIREMENTS, version == 1 ? requirements.toV1Json(sold) : requirements.toV2Json());
        return json;
    }
}
