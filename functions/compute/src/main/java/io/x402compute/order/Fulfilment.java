package io.x402compute.order;

import io.x402compute.payment.Claim;

/** Brings to their buyers what orders of one kind have paid for. Delivering twice delivers once. */
public interface Fulfilment {

    /**
     * Makes sure, before anything is taken, that it can be delivered.
     *
     * @return false when it is too late: nothing may be taken
     */
    boolean reserve(Claim claim);

    /** Goes on delivering, until the deadline at most, and tells the errand what machine it is about. */
    Delivery deliver(Claim settled, Errand errand);
}
