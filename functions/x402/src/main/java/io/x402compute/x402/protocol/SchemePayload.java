package io.x402compute.x402.protocol;

/** What a payer signed, by the kind of transfer. */
public sealed interface SchemePayload permits SchemePayload.Eip3009 {

    /** Who pays, in the network's canonical text form (EVM: lower-case hex). */
    String payer();

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
    }
}
