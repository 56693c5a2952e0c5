package io.x402compute.x402.client;

import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.UsdcToken;

/** Picks the offer of a 402 to pay: the cheapest that an EVM wallet holding USDC can. */
final class OfferChoice {
    private static final Set<String> FLOWS = Set.of("authorization", PaymentRequirements.UPFRONT);

    private static final Pattern EVM_ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private OfferChoice() {}

    static Optional<ReceivedOffer> cheapest(HttpResponse<byte[]> response) {
        return offers(response).stream().filter(OfferChoice::isPayable)
                .min(Comparator.comparing(offer -> offer.requirements().amount()));
    }

    /** A seller of both versions says the same in header and body; version 2 says it better. */
    private static List<ReceivedOffer> offers(HttpResponse<byte[]> response) {
        List<ReceivedOffer> inHeader = response.headers().firstValue(PaymentHeaders.PAYMENT_REQUIRED)
                .map(ReceivedOffers::inHeader).orElse(List.of());
        return inHeader.isEmpty() ? ReceivedOffers.inBody(response.body()) : inHeader;
    }

    /** Only USDC itself: the owner's limit is in USDC, and an unknown token may be worth anything. */
    private static boolean isPayable(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        JsonNode extra = offer.asSent().path("extra");
        return UsdcToken.on(terms.network()).filter(usdc -> usdc.asset().equalsIgnoreCase(terms.asset())).isPresent()
                && EVM_ADDRESS.matcher(terms.payTo()).matches()
                && terms.extra().containsKey("name")
                && terms.extra().containsKey("version")
                && extra.path("assetTransferMethod").asText("eip3009").equals("eip3009")
                && FLOWS.contains(extra.path(PaymentRequirements.PAYMENT_FLOW).asText("authorization"));
    }
}
