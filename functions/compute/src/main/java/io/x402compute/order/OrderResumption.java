package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.event.EventPublisher;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.PaymentKey;

/** Looks at every order whose time has come: finishes what a request left unfinished, and publishes its events. */
public final class OrderResumption {
    /** A settlement that is waited for, and the reads around it. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(25);

    private final PaymentLedger ledger;
    private final OrderAdvancer orders;
    private final Optional<NumberGaps> gaps;
    private final EventPublisher events;
    private final Clock clock;

    /** @param gaps where settlements are numbered by us */
    public OrderResumption(PaymentLedger ledger, OrderAdvancer orders, Optional<NumberGaps> gaps, EventPublisher events,
            Clock clock) {
        this.ledger = ledger;
        this.orders = orders;
        this.gaps = gaps;
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
        boolean unsettled = false;
        for (PaymentKey key : ledger.due(clock.instant())) {
            if (clock.instant().plus(LONGEST_STEP).isAfter(deadline)) {
                break;
            }
            Optional<Claim> claim = ledger.find(key).map(due -> orders.advance(due, deadline));
            claim.ifPresent(this::publish);
            unsettled |= claim.filter(OrderResumption::waitsForTheChain).isPresent();
            attended++;
        }
        if (unsettled) {
            gaps.ifPresent(NumberGaps::close);
        }
        return attended;
    }

    private static boolean waitsForTheChain(Claim claim) {
        return claim.state() == PaymentState.SETTLE_UNKNOWN || claim.state() == PaymentState.REFUND_UNKNOWN;
    }

    private void publish(Claim claim) {
        if (!claim.pendingEvents().isEmpty() && events.publish(claim.pendingEvents())) {
            ledger.save(claim.published());
        }
    }
}
