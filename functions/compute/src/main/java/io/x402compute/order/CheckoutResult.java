package io.x402compute.order;

import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.PaymentRequired;

/** What came of a request for something that costs money. */
public sealed interface CheckoutResult {

    /** It has to be paid first; {@link PaymentRequired#error()} says what was wrong with a payment that was sent. */
    record Challenged(PaymentRequired challenge) implements CheckoutResult {}

    /**
     * The payment has an order; the claim's state says how far it is.
     *
     * @param replayed whether the request came with a key that has bought this order before: whatever it was paid with now is
     *     not taken
     */
    record Ordered(Claim claim, boolean replayed) implements CheckoutResult {}
}
