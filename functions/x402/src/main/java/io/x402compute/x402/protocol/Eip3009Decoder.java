package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code payload} of an exact EVM payment by EIP-3009. */
final class Eip3009Decoder {
    private Eip3009Decoder() {}

    static SchemePayload.Eip3009 decode(ObjectNode payload) throws MalformedPayment {
        ObjectNode signed = EvmFields.object(payload, "authorization");
        var authorization = new Eip3009Authorization(EvmFields.address(signed, "from"),
                EvmFields.address(signed, "to"), EvmFields.number(signed, "value"),
                EvmFields.number(signed, "validAfter"), EvmFields.number(signed, "validBefore"),
                EvmFields.word(signed, "nonce"));
        return new SchemePayload.Eip3009(authorization, EvmFields.bytes(payload, "signature"));
    }
}
