package io.x402compute.order;

import java.util.Optional;

import io.x402compute.inference.Job;
import io.x402compute.instance.Instance;
import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.Usdc;

/** What came of a request for something that costs money. */
public sealed interface CheckoutResult {

    /** It has to be paid first; {@link PaymentRequired#error()} says what was wrong with a payment that was sent. */
    record Challenged(PaymentRequired challenge) implements CheckoutResult {}

    /**
     * It was to be paid with credit, of which there is too little: nothing was taken.
     *
     * @param challenge how else it can be paid
     * @param available what the wallet has
     * @param needed what it costs
     */
    record Insufficient(PaymentRequired challenge, Usdc available, Usdc needed) implements CheckoutResult {}

    /**
     * The payment has an order; the claim's state says how far it is.
     *
     * @param machine the one it is about, as it was last written; empty where this request did not come to deliver
     * @param job the run it is of, in the same way
     * @param replayed whether the request came with a key that has bought this order before: whatever it was paid with now is
     *     not taken
     */
    record Ordered(Claim claim, Optional<Instance> machine, Optional<Job> job, boolean replayed)
            implements
                CheckoutResult {}
}
