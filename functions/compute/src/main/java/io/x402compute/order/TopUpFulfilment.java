package io.x402compute.order;

import java.time.Clock;

import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;

/** Delivers credit to whoever has paid for it, dollar for dollar. */
public final class TopUpFulfilment implements Fulfilment {
    /** Why there is an entry, a machine code. */
    static final String REASON = "topup";

    private final Credits credits;
    private final Clock clock;

    public TopUpFulfilment(Credits credits, Clock clock) {
        this.credits = credits;
        this.clock = clock;
    }

    /** There is always more credit. */
    @Override
    public boolean reserve(Claim claim) {
        return true;
    }

    @Override
    public Delivery deliver(Claim settled, Errand errand) {
        credits.give(settled.payer(), settled.amount(), settled.order().orderId(), REASON, clock.instant());
        return new Delivery.Done();
    }
}
