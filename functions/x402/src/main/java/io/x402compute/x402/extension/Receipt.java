package io.x402compute.x402.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.TypedMessage;
import io.x402compute.x402.protocol.WireJson;

/**
 * What a seller has sold and was paid for.
 *
 * @param network a CAIP-2 id
 * @param resourceUrl what was sold
 * @param issuedAt Unix seconds
 * @param transaction the transfer's hash; may be empty
 */
public record Receipt(String network, String resourceUrl, String payer, long issuedAt, String transaction) {
    private static final String TYPE = "Receipt(uint256 version,string network,string resourceUrl,string payer,"
            + "uint256 issuedAt,string transaction)";

    /** The same for something else, which stands for what was sold. */
    public Receipt about(String otherUrl) {
        return new Receipt(network, otherUrl, payer, issuedAt, transaction);
    }

    /** What is signed. */
    public TypedMessage message() {
        return new TypedMessage("x402 receipt", 1, TYPE).number(OfferReceipt.VERSION).text(network).text(resourceUrl)
                .text(payer).number(issuedAt).text(transaction);
    }

    ObjectNode toJson() {
        return WireJson.object()
                .put("version", OfferReceipt.VERSION)
                .put("network", network)
                .put("resourceUrl", resourceUrl)
                .put("payer", payer)
                .put("issuedAt", issuedAt)
                .put("transaction", transaction);
    }
}
