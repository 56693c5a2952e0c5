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
        return switch (payload) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) -> new PaymentKey(
                    "%s/eip3009/%s/%s/%s".formatted(requirements.network().caip2(),
                            Hex.lowerCase(requirements.asset()), authorization.from(), authorization.nonce()));
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) -> new PaymentKey(
                    "%s/permit2/%s/%s".formatted(requirements.network().caip2(), permit.from(), permit.nonce()));
            // One nonce serves both schemes, so it is one payment.
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) -> of(
                    new SchemePayload.Permit2(permit, signature), requirements);
            case SchemePayload.Solana(TransferTransaction payment) -> new PaymentKey("%s/message/%s".formatted(
                    requirements.network().caip2(), HexFormat.of().formatHex(payment.transaction().messageHash())));
        };
    }
}
