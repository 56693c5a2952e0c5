package io.x402compute.x402.protocol;

import java.util.Optional;

/**
 * A payment beside the terms it is to be judged by.
 *
 * @param payload what the client sent
 * @param requirements our own offer: never the client's copy of it. By the scheme {@code upto} its amount is the maximum until
 *     it is known what to take, and that from then on: as facilitators are told it
 */
public record Payment(PaymentPayload payload, PaymentRequirements requirements) {

    public String payer() {
        return payload.payer();
    }

    /**
     * The same payment with what is to be taken of it: it is verified with the maximum and settled with this.
     *
     * @throws IllegalStateException when it is to be taken whole, by the scheme {@code exact}
     */
    public Payment taking(Usdc used) {
        if (!requirements.isMetered()) {
            throw new IllegalStateException("an exact payment is taken whole");
        }
        return new Payment(payload, requirements.withAmount(used));
    }

    /** How much is taken, where the payer has signed no more than the most: by the scheme {@code upto}. */
    public Optional<Usdc> metered() {
        return requirements.isMetered() ? Optional.of(requirements.amount()) : Optional.empty();
    }

    /** Is nothing to be taken of it, so that there is nothing to settle? */
    public boolean isFree() {
        return metered().filter(Usdc.ZERO::equals).isPresent();
    }

    /** The replay primitive of the underlying transfer: the same for every encoding and version. */
    public PaymentKey key() {
        return PaymentKey.of(payload.schemePayload(), requirements);
    }
}
