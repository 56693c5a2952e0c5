package io.x402compute.x402.client;

import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;

/** Picks the offer of a 402 to pay: the cheapest that one of the wallets can. */
final class OfferChoice {
    private static final Set<String> FLOWS = Set.of("authorization", PaymentRequirements.UPFRONT);

    private OfferChoice() {}

    static Optional<ReceivedOffer> cheapest(HttpResponse<byte[]> response, OfferSigner signer) {
        return offers(response).stream()
                .filter(offer -> hasKnownFlow(offer) && signer.canPay(offer))
                .min(Comparator.comparing(offer -> offer.requirements().amount()));
    }

    /** A seller of both versions says the same in header and body; version 2 says it better. */
    private static List<ReceivedOffer> offers(HttpResponse<byte[]> response) {
        List<ReceivedOffer> inHeader = response.headers().firstValue(PaymentHeaders.PAYMENT_REQUIRED)
                .map(ReceivedOffers::inHeader).orElse(List.of());
        return inHeader.isEmpty() ? ReceivedOffers.inBody(response.body()) : inHeader;
    }

    private static boolean hasKnownFlow(ReceivedOffer offer) {
        return FLOWS.contains(
                offer.asSent().path("extra").path(PaymentRequirements.PAYMENT_FLOW).asText("authorization"));
    }
}
