package io.x402compute.x402.protocol;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A decoded payment header.
 *
 * @param version 1 or 2
 * @param scheme {@code exact}
 * @param network the chain it is signed for
 * @param schemePayload what was signed
 * @param accepted version 2 only: the offer the client says it accepted, as it came
 * @param extensions version 2 only: the extensions it echoed, as they came
 */
public record PaymentPayload(
        int version,
        String scheme,
        Network network,
        SchemePayload schemePayload,
        Optional<ObjectNode> accepted,
        Optional<ObjectNode> extensions) {

    public String payer() {
        return schemePayload.payer();
    }
}
