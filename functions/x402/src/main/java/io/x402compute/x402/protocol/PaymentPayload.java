package io.x402compute.x402.protocol;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a payment header holds.
 *
 * @param version 1 or 2
 * @param scheme {@code exact} or {@code upto}
 * @param network the chain it is signed for
 * @param schemePayload what was signed
 * @param resource version 2 only: the resource the client says it pays for, as it came
 * @param accepted version 2 only: the offer the client says it accepted, as it came
 * @param extensions version 2 only: the extensions it echoed, as they came
 */
public record PaymentPayload(
        int version,
        String scheme,
        Network network,
        SchemePayload schemePayload,
        Optional<ObjectNode> resource,
        Optional<ObjectNode> accepted,
        Optional<ObjectNode> extensions) {

    /** A payment of version 2 that names no resource, or of version 1. */
    public PaymentPayload(int version, String scheme, Network network, SchemePayload schemePayload,
            Optional<ObjectNode> accepted, Optional<ObjectNode> extensions) {
        this(version, scheme, network, schemePayload, Optional.empty(), accepted, extensions);
    }

    public String payer() {
        return schemePayload.payer();
    }

    /** The header that carries a payment of this version. */
    public String headerName() {
        return version == 1 ? PaymentHeaders.X_PAYMENT : PaymentHeaders.PAYMENT_SIGNATURE;
    }

    /** What goes into that header. */
    public String headerText() {
        return WireJson.headerText(toJson());
    }

    /** This version's wire form, which facilitators take as it is. */
    public ObjectNode toJson() {
        ObjectNode json = WireJson.object().put("x402Version", version);
        if (version == 1) {
            json.put("scheme", scheme).put("network", network.v1Name());
        }
        resource.ifPresent(value -> json.set("resource", value));
        accepted.ifPresent(value -> json.set("accepted", value));
        json.set("payload", schemePayload.toJson());
        extensions.ifPresent(value -> json.set("extensions", value));
        return json;
    }
}
