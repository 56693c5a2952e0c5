package io.x402compute.x402.client;

import java.time.Instant;

/** How one payment stands. A refusal is not proof: it counts only where every sending of the payment has met one. */
final class PaymentStanding {
    private final SignedPayment payment;
    private final String request;
    private int sendings = 1;
    private int refusals;
    private boolean paid;
    private boolean abandoned;

    PaymentStanding(SignedPayment payment, String request) {
        this.payment = payment;
        this.request = request;
    }

    SignedPayment payment() {
        return payment;
    }

    /** The hash of the request that it is for. */
    String request() {
        return request;
    }

    void sentAgain() {
        sendings++;
    }

    void answered(Verdict verdict) {
        switch (verdict) {
            case PAID -> paid = true;
            case REFUSED -> refusals++;
            case PENDING -> {
                // Says nothing: the sending stays one that was not refused.
            }
        }
    }

    void abandoned() {
        abandoned = true;
    }

    boolean wasRefusedEachTime() {
        return refusals == sendings;
    }

    /**
     * Whether its purchase may get another payment.
     *
     * @param once whether the purchase is one that is made once and for all
     */
    boolean mayBeFollowed(Instant now, boolean once) {
        return abandoned || (paid ? !once : wasRefusedEachTime() && now.isAfter(payment.lapsesAt()));
    }
}
