package io.x402compute.x402.facilitator;

import java.time.Duration;

import io.x402compute.x402.protocol.Payment;

/**
 * Verifies and settles payments.
 *
 * <p>Settling has two steps so that a crash between them loses nothing: {@link #prepare} has no outside effect and returns a
 * handle, the caller stores it, and only then {@link #settle} lets the transfer out. A handle is settled as often as needed:
 * the chain allows the transfer once.
 *
 * <p>A payment by the scheme {@code upto} is verified with the maximum that its payer has signed, and prepared and settled as
 * {@link Payment#taking} so much of it as was used. Both steps are told the same amount.
 */
public interface Facilitator {

    /** Whether payments like this one are taken here at all. What is not known to be unsupported is worth asking about. */
    default Support support(Payment payment) {
        return new Support.Supported();
    }

    /** Would this payment settle now? Moves nothing. */
    Verification verify(Payment payment);

    /** Everything that must be durable before money can move. */
    Preparation prepare(Payment payment);

    /**
     * Lets the prepared transfer out (again) and waits for its outcome.
     *
     * @param patience how long to wait before the answer is {@link Settlement.Unknown}
     */
    Settlement settle(Payment payment, SettlementHandle handle, Duration patience);

    /**
     * Offers more for a transfer that was let out and is not mined. As with {@link #prepare}, the new handle is stored in the old
     * one's place before it is settled. Whoever does not number the transactions has nothing to offer.
     */
    default Repricing reprice(Payment payment, SettlementHandle handle) {
        return new Repricing.Kept("its transactions are somebody else's");
    }
}
