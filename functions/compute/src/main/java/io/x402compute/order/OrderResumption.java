package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;

import io.x402compute.event.EventPublisher;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.protocol.PaymentKey;

/** Looks at every order whose time has come: finishes what a request left unfinished, and publishes its events. */
public final class OrderResumption {
    private final PaymentLedger ledger;
    private final OrderAdvancer orders;
    private final EventPublisher events;
    private final Clock clock;

    public OrderResumption(PaymentLedger ledger, OrderAdvancer orders, EventPublisher events, Clock clock) {
        this.ledger = ledger;
        this.orders = orders;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Resumes until nothing is due or time is up; what is left stays due for the next run.
     *
     * @return how many orders were looked at
     */
    public long resume(Instant deadline) {
        long attended = 0;
        for (PaymentKey key : ledger.due(clock.instant())) {
            if (clock.instant().isAfter(deadline)) {
                break;
            }
            ledger.find(key).ifPresent(claim -> publish(orders.advance(claim, deadline)));
            attended++;
        }
        return attended;
    }

    private void publish(Claim claim) {
        if (!claim.pendingEvents().isEmpty() && events.publish(claim.pendingEvents())) {
            ledger.save(claim.published());
        }
    }
}
