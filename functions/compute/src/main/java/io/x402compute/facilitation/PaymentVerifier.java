package io.x402compute.facilitation;

import java.util.Optional;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Payment;

/** Says whether a payment of somebody else's would be settled. Moves and writes nothing. */
public final class PaymentVerifier {
    private final ServedPayments served;
    private final Facilitator facilitator;

    public PaymentVerifier(ServedPayments served, Facilitator facilitator) {
        this.served = served;
        this.facilitator = facilitator;
    }

    /** Would this payment settle now? */
    public Verification verify(Payment payment) {
        Optional<Verification.Rejected> refusal = served.refusal(payment);
        return refusal.isPresent() ? refusal.get() : facilitator.verify(payment);
    }
}
