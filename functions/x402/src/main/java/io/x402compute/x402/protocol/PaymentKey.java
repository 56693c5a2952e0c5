package io.x402compute.x402.protocol;

import java.util.HexFormat;

import io.x402compute.x402.solana.TransferTransaction;

/**
 * What makes a payment the same payment, built from decoded values so that no change of letter case, key order, version or
 * encoding makes a second key. EIP-3009: chain id, asset, payer and nonce, which is what the token contract itself burns.
 * Permit2: chain id, payer and nonce, for one nonce serves all tokens. Solana: the network and the hash of the signed
 * message, for what stands in the places of the signatures may be changed by anybody.
 *
 * @param value the stable text, safe as a database key
 */
public record PaymentKey(String value) {

    static PaymentKey of(SchemePayload payload, PaymentRequirements requirements) {
        Network network = requirements.network();
        return switch (payload) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) ->
                ofAuthorization(network, requirements.asset(), authorization.from(), authorization.nonce());
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) -> new PaymentKey(
                    "%s/permit2/%s/%s".formatted(network.caip2(), permit.from(), permit.nonce()));
            // One nonce serves both schemes, so it is one payment.
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) -> of(
                    new SchemePayload.Permit2(permit, signature), requirements);
            case SchemePayload.Solana(TransferTransaction payment) -> ofMessage(network,
                    payment.transaction().messageHash());
        };
    }

    /**
     * Of a transfer by EIP-3009, whoever tells of it: who signed it, and the chain itself.
     *
     * @param from the payer, {@code 0x} and lower-case hex
     * @param nonce {@code 0x} and lower-case hex
     */
    public static PaymentKey ofAuthorization(Network network, String asset, String from, String nonce) {
        return new PaymentKey("%s/eip3009/%s/%s/%s".formatted(network.caip2(), Hex.lowerCase(asset), from, nonce));
    }

    /** Of a transfer on Solana, by the hash of the message that was signed for it. */
    public static PaymentKey ofMessage(Network network, byte[] messageHash) {
        return new PaymentKey("%s/message/%s".formatted(network.caip2(), HexFormat.of().formatHex(messageHash)));
    }

    /**
     * Of a transfer on an EVM chain that nothing but its transaction is known of.
     *
     * @param log which of the transaction's own events it is, from 0: its place in the block would change with the block
     */
    public static PaymentKey ofTransfer(TransactionId transaction, int log) {
        return new PaymentKey("%s/transfer/%s/%d".formatted(transaction.network().caip2(), transaction.value(), log));
    }
}
