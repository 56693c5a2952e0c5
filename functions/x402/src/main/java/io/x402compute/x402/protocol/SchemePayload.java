package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a payer signed, by the kind of transfer. */
public sealed interface SchemePayload permits SchemePayload.Eip3009 {

    /** Who pays, in the network's canonical text form (EVM: lower-case hex). */
    String payer();

    /** The {@code payload} field, the same in both versions. */
    ObjectNode toJson();

    /**
     * A signed EIP-3009 authorization.
     *
     * @param signature {@code 0x} and hex: 65 bytes from a plain key, any length from a contract wallet
     */
    record Eip3009(Eip3009Authorization authorization, String signature) implements SchemePayload {
        @Override
        public String payer() {
            return authorization.from();
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = WireJson.object().put("signature", signature);
            json.putObject("authorization")
                    .put("from", authorization.from())
                    .put("to", authorization.to())
                    .put("value", authorization.value().toString())
                    .put("validAfter", authorization.validAfter().toString())
                    .put("validBefore", authorization.validBefore().toString())
                    .put("nonce", authorization.nonce());
            return json;
        }
    }
}
