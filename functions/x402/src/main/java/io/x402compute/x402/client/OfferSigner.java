package io.x402compute.x402.client;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;

/**
 * Signs offers for those who send payments themselves. It knows no limits, writes nothing down and sends nothing:
 * {@link PayingClient} does.
 */
public final class OfferSigner {
    private final List<Payer> payers;

    OfferSigner(List<Payer> payers) {
        this.payers = payers;
    }

    /** Whether one of the wallets could pay it, whatever it costs. */
    public boolean canPay(ReceivedOffer offer) {
        return payer(offer).isPresent();
    }

    /**
     * Signs an offer.
     *
     * @throws IllegalArgumentException when none of the wallets can pay it
     * @throws UncheckedIOException when a node had to be asked for it and did not answer
     */
    public PaymentPayload sign(ReceivedOffer offer) {
        Payer able = payer(offer).orElseThrow(() -> new IllegalArgumentException("no wallet for that offer"));
        return offer.paidWith(able.sign(offer));
    }

    private Optional<Payer> payer(ReceivedOffer offer) {
        return payers.stream().filter(payer -> payer.canPay(offer)).findFirst();
    }
}
