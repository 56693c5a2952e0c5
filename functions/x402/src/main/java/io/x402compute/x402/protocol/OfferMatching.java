package io.x402compute.x402.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.solana.TransferTransaction;

/** Finds the offer of ours that a payment answers. What the client says is only compared, never used. */
public final class OfferMatching {
    /** Blockhashes that spare a client a question to a node: they are others in every offer. */
    private static final Set<String> HINTS = Set.of("recentBlockhash", "lastValidBlockHeight");

    private OfferMatching() {}

    /**
     * The offer this payment is to be judged by; empty when it answers none of them.
     *
     * <p>Version 2 says which offer it accepted: every core field must be the same text, and our {@code extra} must come
     * back whole (clients may add to it). Version 1 names scheme and network only; where several offers differ in the
     * amount (a price has just changed) the one that was signed for counts, else the first, which verification then refuses
     * for its amount.
     */
    public static Optional<PaymentRequirements> match(PaymentPayload payment, List<PaymentRequirements> offers) {
        // Clients may add to what is extra, so an offer by EIP-3009 is contained in one by Permit2.
        List<PaymentRequirements> answered = offers.stream().filter(offer -> offer.asksFor(payment.schemePayload()))
                .toList();
        return payment.accepted().isPresent()
                ? answered.stream().filter(offer -> isCopyOf(offer, payment.accepted().get())).findFirst()
                : matchSigned(payment, answered);
    }

    private static boolean isCopyOf(PaymentRequirements offer, ObjectNode accepted) {
        return textIs(accepted, "scheme", offer.scheme())
                && textIs(accepted, "network", offer.network().caip2())
                && textIs(accepted, "amount", offer.amount().atomicUnits())
                && textIs(accepted, "asset", offer.asset())
                && textIs(accepted, "payTo", offer.payTo())
                && accepted.path("maxTimeoutSeconds").asInt(-1) == offer.maxTimeoutSeconds()
                && holdsAll(accepted.path("extra"), offer.extra());
    }

    private static boolean holdsAll(JsonNode extra, Map<String, String> ours) {
        return ours.entrySet().stream().filter(entry -> !HINTS.contains(entry.getKey()))
                .allMatch(entry -> textIs(extra, entry.getKey(), entry.getValue()));
    }

    private static boolean textIs(JsonNode json, String field, String expected) {
        return WireJson.text(json, field).filter(expected::equals).isPresent();
    }

    private static Optional<PaymentRequirements> matchSigned(PaymentPayload payment, List<PaymentRequirements> offers) {
        List<PaymentRequirements> candidates = offers.stream()
                .filter(offer -> offer.scheme().equals(payment.scheme()) && offer.network().equals(payment.network()))
                .toList();
        return candidates.stream()
                .filter(offer -> isAmountOf(offer, payment.schemePayload()))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static boolean isAmountOf(PaymentRequirements offer, SchemePayload signed) {
        return switch (signed) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) ->
                authorization.value().equals(BigInteger.valueOf(offer.amount().micros()));
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                permit.amount().equals(BigInteger.valueOf(offer.amount().micros()));
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) ->
                permit.amount().equals(BigInteger.valueOf(offer.amount().micros()));
            case SchemePayload.Solana(TransferTransaction payment) ->
                payment.transfer().amount().equals(BigInteger.valueOf(offer.amount().micros()));
        };
    }
}
