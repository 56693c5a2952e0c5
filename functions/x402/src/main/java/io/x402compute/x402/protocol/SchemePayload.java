package io.x402compute.x402.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.solana.TransferTransaction;

/** What a payer signed, by the kind of transfer. */
public sealed interface SchemePayload permits SchemePayload.Eip3009, SchemePayload.Permit2,
        SchemePayload.Upto, SchemePayload.Solana {

    /** Who pays, in the network's canonical text form (EVM: lower-case hex; Solana: base58). */
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

    /**
     * A signed permit of Permit2, which takes tokens that know no authorizations of their own.
     *
     * @param signature {@code 0x} and hex: 65 bytes from a plain key, any length from a contract wallet
     */
    record Permit2(Permit2Authorization authorization, String signature) implements SchemePayload {
        @Override
        public String payer() {
            return authorization.from();
        }

        @Override
        public ObjectNode toJson() {
            return Permit2Json.of(authorization, Permit2Json.witness(authorization), signature);
        }
    }

    /**
     * A signed permit of Permit2 for at most its amount: how much is taken, one account decides when it settles.
     *
     * @param facilitator that account, which the payer's signature tells the spender
     * @param signature {@code 0x} and hex: 65 bytes from a plain key, any length from a contract wallet
     */
    record Upto(Permit2Authorization authorization, String facilitator, String signature) implements SchemePayload {
        @Override
        public String payer() {
            return authorization.from();
        }

        @Override
        public ObjectNode toJson() {
            return Permit2Json.of(authorization,
                    Permit2Json.witness(authorization).put(Permit2Json.FACILITATOR, facilitator), signature);
        }
    }

    /**
     * A transaction on Solana, signed by everybody but the one who pays its fees.
     *
     * @param payment of the shape that pays; who signed, and on what terms, is for others to check
     */
    record Solana(TransferTransaction payment) implements SchemePayload {
        @Override
        public String payer() {
            return payment.payer();
        }

        @Override
        public ObjectNode toJson() {
            return WireJson.object().put("transaction", payment.transaction().base64());
        }
    }
}
