package io.x402compute.x402.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON to {@link PaymentPayload}: the version's envelope first, then what was signed. */
final class PayloadDecoder {
    private PayloadDecoder() {}

    /**
     * A payment in its own version's form.
     *
     * @param schemes that are taken at all
     */
    static PaymentPayload decode(ObjectNode json, int oldestVersion, Set<String> schemes) throws MalformedPayment {
        JsonNode stated = json.path("x402Version");
        int version = stated.isInt() ? stated.intValue() : 0;
        if (version < oldestVersion || version > 2) {
            throw new MalformedPayment(Reasons.INVALID_X402_VERSION);
        }
        return version == 1 ? version1(json, schemes) : version2(json, schemes);
    }

    private static PaymentPayload version1(ObjectNode json, Set<String> schemes) throws MalformedPayment {
        String scheme = scheme(json, PaymentRequirements.ofVersion(1, schemes));
        Network network = network(json, 1);
        return new PaymentPayload(1, scheme, network, signed(json, scheme, network, 1), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private static PaymentPayload version2(ObjectNode json, Set<String> schemes) throws MalformedPayment {
        ObjectNode accepted = WireJson.object(json, "accepted").orElseThrow(PayloadDecoder::invalid);
        String scheme = scheme(accepted, schemes);
        Network network = network(accepted, 2);
        requireTerms(accepted);
        return new PaymentPayload(2, scheme, network, signed(json, scheme, network, 2),
                optionalObject(json, "resource"),
                Optional.of(accepted), optionalObject(json, "extensions"));
    }

    private static String scheme(ObjectNode json, Set<String> schemes) throws MalformedPayment {
        String scheme = WireJson.text(json, "scheme").orElseThrow(PayloadDecoder::invalid);
        if (!schemes.contains(scheme)) {
            throw new MalformedPayment(Reasons.UNSUPPORTED_SCHEME);
        }
        return scheme;
    }

    /** Each version has its own names; a name of the other version is a mixed-up client. */
    private static Network network(ObjectNode json, int version) throws MalformedPayment {
        String name = WireJson.text(json, "network").orElseThrow(PayloadDecoder::invalid);
        return Network.named(name)
                .filter(network -> network.nameIn(version).equals(name))
                .orElseThrow(() -> new MalformedPayment(Reasons.INVALID_NETWORK));
    }

    private static SchemePayload signed(ObjectNode json, String scheme, Network network, int version)
            throws MalformedPayment {
        ObjectNode payload = WireJson.object(json, "payload").orElseThrow(PayloadDecoder::invalid);
        if (scheme.equals(PaymentRequirements.UPTO)) {
            return metered(payload, network);
        }
        if (!network.isEvm()) {
            return SolanaDecoder.decode(payload);
        }
        if (!Permit2Decoder.isFor(payload)) {
            return Eip3009Decoder.decode(payload);
        }
        // Version 1 has no word to offer it by.
        if (version == 1) {
            throw new MalformedPayment(Reasons.UNSUPPORTED_PAYLOAD_TYPE);
        }
        return Permit2Decoder.decode(payload);
    }

    private static SchemePayload metered(ObjectNode payload, Network network) throws MalformedPayment {
        if (!network.isEvm()) {
            throw new MalformedPayment(Reasons.UNSUPPORTED_SCHEME);
        }
        if (!Permit2Decoder.isFor(payload)) {
            throw new MalformedPayment(Reasons.UNSUPPORTED_PAYLOAD_TYPE);
        }
        return Permit2Decoder.decodeUpto(payload);
    }

    /** Only the types: whether the terms are ours is for {@link OfferMatching} to say. */
    private static void requireTerms(ObjectNode accepted) throws MalformedPayment {
        JsonNode extra = accepted.path("extra");
        boolean wellTyped = Stream.of("amount", "asset", "payTo").allMatch(field -> accepted.path(field).isTextual())
                && accepted.path("maxTimeoutSeconds").isInt()
                && (extra.isObject() || extra.isNull() || extra.isMissingNode());
        if (!wellTyped) {
            throw invalid();
        }
    }

    /** Reference clients send null where they have nothing to say. */
    private static Optional<ObjectNode> optionalObject(ObjectNode json, String field) throws MalformedPayment {
        if (!json.hasNonNull(field)) {
            return Optional.empty();
        }
        return Optional.of(WireJson.object(json, field).orElseThrow(PayloadDecoder::invalid));
    }

    private static MalformedPayment invalid() {
        return new MalformedPayment(Reasons.INVALID_PAYLOAD);
    }
}
