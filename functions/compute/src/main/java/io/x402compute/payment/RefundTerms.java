package io.x402compute.payment;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.evm.EvmAddress;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Wallet;

/**
 * The transfer that gives a payment back: the same amount of the same token, to whoever paid. Its nonce follows from the order,
 * so the token itself carries out one of them at most, however often it is signed.
 */
public record RefundTerms(PaymentRequirements offer, String nonce) {
    private static final int VERSION = 2;

    /** @param terms that were paid, with what was paid */
    static RefundTerms of(PaymentRequirements terms, Wallet payer, OrderId order) {
        return new RefundTerms(
                new PaymentRequirements(PaymentRequirements.EXACT, terms.network(), terms.amount(), terms.asset(),
                        EvmAddress.checksummed(payer.address()), terms.maxTimeoutSeconds(),
                        byAuthorization(terms.extra())),
                Hex.of(sha256("refund of order " + order)));
    }

    /** By the operator's own authorization, whatever it was paid by. */
    private static Map<String, String> byAuthorization(Map<String, String> extra) {
        Map<String, String> without = new HashMap<>(extra);
        without.remove(PaymentRequirements.ASSET_TRANSFER_METHOD);
        without.remove(PaymentRequirements.FACILITATOR_ADDRESS);
        return without;
    }

    /**
     * The transfer, from that wallet.
     *
     * @param validBefore in seconds since 1970
     */
    public Payment signedBy(EvmWallet wallet, long validBefore) {
        return payment(wallet.authorize(authorization(wallet.wallet().address(), validBefore), offer));
    }

    /** One that was signed before. */
    Payment signed(String from, long validBefore, String signature) {
        return payment(new SchemePayload.Eip3009(authorization(from, validBefore), signature));
    }

    /** Valid since ever: the chain's clock may trail ours. */
    private Eip3009Authorization authorization(String from, long validBefore) {
        return new Eip3009Authorization(from, Hex.lowerCase(offer.payTo()),
                BigInteger.valueOf(offer.amount().micros()), BigInteger.ZERO, BigInteger.valueOf(validBefore), nonce);
    }

    private Payment payment(SchemePayload signed) {
        return new Payment(new PaymentPayload(VERSION, PaymentRequirements.EXACT, offer.network(), signed,
                Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
