package io.x402compute.order;

import java.time.Instant;

import io.x402compute.instance.GiveBack;
import io.x402compute.instance.UnusedTime;
import io.x402compute.payment.Credits;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Wallet;

/**
 * Unused time comes back as credit, an entry for each order that paid for some of it. An order whose machine never came up has
 * no unused time: it is given back whole, by {@link OrderAdvancer}. So no order is credited for both.
 */
public final class UnusedTimeCredit implements GiveBack {
    /** Why there is an entry, a machine code. */
    static final String REASON = "unused_time";

    private final Credits credits;

    public UnusedTimeCredit(Credits credits) {
        this.credits = credits;
    }

    @Override
    public void give(Wallet owner, UnusedTime.Part part, Instant now) {
        credits.give(owner, part.amount(), OrderId.of(part.orderId()), REASON, now);
    }
}
