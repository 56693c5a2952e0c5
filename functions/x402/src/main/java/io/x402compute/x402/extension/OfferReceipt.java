package io.x402compute.x402.extension;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.TypedMessage;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.WireJson;

/**
 * {@code offer-receipt}: offers and receipts that a seller has signed (EIP-712), so that a buyer can prove to others what it was
 * offered and what it has paid for. Which key is the seller's, a buyer has to know from elsewhere.
 */
public final class OfferReceipt {
    public static final String KEY = "offer-receipt";

    /** Of offers and receipts alike. */
    static final int VERSION = 1;

    private OfferReceipt() {}

    /**
     * What a 402 says: each of its offers, signed.
     *
     * @param now from which the offers hold, each for its time
     */
    public static Map<String, ObjectNode> offers(EvmWallet seller, PaymentRequired challenge, Instant now) {
        ObjectNode json = WireJson.object();
        ArrayNode offers = json.putObject("info").putArray("offers");
        for (PaymentRequirements accepted : challenge.accepts()) {
            Offer offer = Offer.of(challenge.resource().url(), accepted, now);
            offers.add(signed(seller, offer.toJson(), offer.message()).put("acceptIndex", offers.size()));
        }
        json.set("schema", schema("offers"));
        return Map.of(KEY, json);
    }

    /**
     * What a settlement says.
     *
     * @param sale for the very resource that was offered, or the two cannot be told to belong together
     * @param orderUrl where the buyer finds what became of it; named by a receipt of its own beside the other
     */
    public static Map<String, ObjectNode> receipt(EvmWallet seller, Receipt sale, String orderUrl) {
        ObjectNode json = WireJson.object();
        ObjectNode info = json.putObject("info");
        info.set("receipt", signed(seller, sale));
        info.set("orderReceipt", signed(seller, sale.about(orderUrl)));
        json.set("schema", schema("receipt"));
        return Map.of(KEY, json);
    }

    private static ObjectNode signed(EvmWallet seller, Receipt receipt) {
        return signed(seller, receipt.toJson(), receipt.message());
    }

    private static ObjectNode signed(EvmWallet seller, ObjectNode payload, TypedMessage message) {
        ObjectNode json = WireJson.object().put("format", "eip712");
        json.set("payload", payload);
        return json.put("signature", seller.sign(message));
    }

    /** As little as says what is there: a header has little room, and the format is the extension's. */
    private static ObjectNode schema(String needed) {
        ObjectNode schema = WireJson.object().put("type", "object");
        schema.putArray("required").add(needed);
        return schema;
    }
}
