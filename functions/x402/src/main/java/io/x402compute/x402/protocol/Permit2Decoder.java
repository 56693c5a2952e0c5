package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code payload} of a payment by Permit2: of the scheme {@code exact}, or of {@code upto}, which knows no other. */
final class Permit2Decoder {
    private Permit2Decoder() {}

    /** Payments of either kind are told apart by this field alone. */
    static boolean isFor(ObjectNode payload) {
        return payload.has(Permit2Json.AUTHORIZATION);
    }

    static SchemePayload.Permit2 decode(ObjectNode payload) throws MalformedPayment {
        return new SchemePayload.Permit2(authorization(payload), signature(payload));
    }

    static SchemePayload.Upto decodeUpto(ObjectNode payload) throws MalformedPayment {
        return new SchemePayload.Upto(authorization(payload),
                EvmFields.address(witness(payload), Permit2Json.FACILITATOR), signature(payload));
    }

    private static Permit2Authorization authorization(ObjectNode payload) throws MalformedPayment {
        ObjectNode signed = EvmFields.object(payload, Permit2Json.AUTHORIZATION);
        ObjectNode permitted = EvmFields.object(signed, "permitted");
        ObjectNode witness = witness(payload);
        return new Permit2Authorization(EvmFields.address(signed, "from"), EvmFields.address(permitted, "token"),
                EvmFields.number(permitted, "amount"), EvmFields.address(signed, "spender"),
                EvmFields.number(signed, "nonce"), EvmFields.number(signed, "deadline"),
                EvmFields.address(witness, "to"), EvmFields.number(witness, "validAfter"));
    }

    private static ObjectNode witness(ObjectNode payload) throws MalformedPayment {
        return EvmFields.object(EvmFields.object(payload, Permit2Json.AUTHORIZATION), Permit2Json.WITNESS);
    }

    private static String signature(ObjectNode payload) throws MalformedPayment {
        return EvmFields.bytes(payload, "signature");
    }
}
