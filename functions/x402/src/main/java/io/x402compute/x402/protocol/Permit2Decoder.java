package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code payload} of an exact EVM payment by Permit2. */
final class Permit2Decoder {
    static final String AUTHORIZATION = "permit2Authorization";

    private Permit2Decoder() {}

    /** Payments of either kind are told apart by this field alone. */
    static boolean isFor(ObjectNode payload) {
        return payload.has(AUTHORIZATION);
    }

    static SchemePayload.Permit2 decode(ObjectNode payload) throws MalformedPayment {
        ObjectNode signed = EvmFields.object(payload, AUTHORIZATION);
        ObjectNode permitted = EvmFields.object(signed, "permitted");
        ObjectNode witness = EvmFields.object(signed, "witness");
        var authorization = new Permit2Authorization(EvmFields.address(signed, "from"),
                EvmFields.address(permitted, "token"), EvmFields.number(permitted, "amount"),
                EvmFields.address(signed, "spender"), EvmFields.number(signed, "nonce"),
                EvmFields.number(signed, "deadline"), EvmFields.address(witness, "to"),
                EvmFields.number(witness, "validAfter"));
        return new SchemePayload.Permit2(authorization, EvmFields.bytes(payload, "signature"));
    }
}
