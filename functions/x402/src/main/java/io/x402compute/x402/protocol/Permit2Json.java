package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code payload} of a payment by Permit2, as it is written. */
final class Permit2Json {
    static final String AUTHORIZATION = "permit2Authorization";
    static final String WITNESS = "witness";
    /** In the witness, of the scheme {@code upto} only. */
    static final String FACILITATOR = "facilitator";

    private Permit2Json() {}

    static ObjectNode of(Permit2Authorization permit, ObjectNode witness, String signature) {
        ObjectNode json = WireJson.object().put("signature", signature);
        ObjectNode signed = json.putObject(AUTHORIZATION);
        signed.putObject("permitted").put("token", permit.token()).put("amount", permit.amount().toString());
        signed.put("from", permit.from())
                .put("spender", permit.spender())
                .put("nonce", permit.nonce().toString())
                .put("deadline", permit.deadline().toString())
                .set(WITNESS, witness);
        return json;
    }

    static ObjectNode witness(Permit2Authorization permit) {
        return WireJson.object().put("to", permit.to()).put("validAfter", permit.validAfter().toString());
    }
}
