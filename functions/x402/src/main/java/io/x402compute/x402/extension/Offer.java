package io.x402compute.x402.extension;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.TypedMessage;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.WireJson;

/**
 * What a seller offers and can be held to.
 *
 * @param resourceUrl what is sold
 * @param amount in atomic units
 * @param validUntil Unix seconds
 */
public record Offer(
        String resourceUrl,
        String scheme,
        String network,
        String asset,
        String payTo,
        String amount,
        long validUntil) {
    private static final String TYPE = "Offer(uint256 version,string resourceUrl,string scheme,string network,"
            + "string asset,string payTo,string amount,uint256 validUntil)";

    /** The offer of a 402, for as long as it may be answered. */
    public static Offer of(String resourceUrl, PaymentRequirements offer, Instant now) {
        return new Offer(resourceUrl, offer.scheme(), offer.network().caip2(), offer.asset(), offer.payTo(),
                offer.amount().atomicUnits(), now.getEpochSecond() + offer.maxTimeoutSeconds());
    }

    /** What is signed. */
    public TypedMessage message() {
        return new TypedMessage("x402 offer", 1, TYPE).number(OfferReceipt.VERSION).text(resourceUrl).text(scheme)
                .text(network).text(asset).text(payTo).text(amount).number(validUntil);
    }

    ObjectNode toJson() {
        return WireJson.object()
                .put("version", OfferReceipt.VERSION)
                .put("resourceUrl", resourceUrl)
                .put("scheme", scheme)
                .put("network", network)
                .put("asset", asset)
                .put("payTo", payTo)
                .put("amount", amount)
                .put("validUntil", validUntil);
    }
}
