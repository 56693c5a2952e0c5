package io.x402compute.x402.client;

import java.time.Instant;

/** One step of a purchase, as the {@link Journal} keeps it. No entry holds a private key. */
public sealed interface JournalEntry {

    /** The {@link SignedPayment#id} of the payment that it is about. */
    String paymentId();

    /**
     * A payment was signed and is about to be sent.
     *
     * @param purchase which purchase it is for
     * @param request the hash of the request that it is sent with
     * @param payment all of it, for it is sent again after a crash. Until it has been used or has lapsed it is worth its
     *     amount to the seller, and to nobody else
     */
    record Signed(String purchase, String request, SignedPayment payment) implements JournalEntry {
        @Override
        public String paymentId() {
            return payment.id();
        }
    }

    /** It is about to be sent again. */
    record SentAgain(Instant at, String paymentId) implements JournalEntry {}

    /** The seller has answered one sending of it. */
    record Answered(Instant at, String paymentId, int status, Verdict verdict) implements JournalEntry {}

    /** Its owner knows that it did not and will not happen. */
    record Abandoned(Instant at, String paymentId) implements JournalEntry {}
}
