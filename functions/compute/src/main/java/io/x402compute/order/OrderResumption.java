package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.event.EventPublisher;
import io.x402compute.instance.Workers;
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
    private final int atOnce;

    /** One that does one thing after the other. */
    public OrderResumption(PaymentLedger ledger, OrderAdvancer orders, Optional<NumberGaps> gaps, EventPublisher events,
            Clock clock) {
        this(ledger, orders, gaps, events, clock, 1);
    }

    /**
     * @param gaps where settlements are numbered by us
     * @param atOnce how many orders it has in hand at a time: a provider that is silent costs each of them seconds
     */
    public OrderResumption(PaymentLedger ledger, OrderAdvancer orders, Optional<NumberGaps> gaps, EventPublisher events,
            Clock clock, int atOnce) {
        this.atOnce = atOnce;
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
     * @throws RuntimeException what the first of them has failed with; the others were looked at all the same
     */
    public long resume(Instant deadline) {
        Workers workers = new Workers(atOnce);
        List<Claim> attended = workers.each(ledger.due(clock.instant()), key -> attend(key, deadline)).stream()
                .flatMap(Optional::stream).toList();
        if (attended.stream().anyMatch(OrderResumption::waitsForTheChain)) {
            gaps.ifPresent(NumberGaps::close);
        }
        workers.failIfAnyFailed();
        return attended.size();
    }

    /** Empty where there is no time left. */
    private Optional<Claim> attend(PaymentKey key, Instant deadline) {
        if (clock.instant().plus(LONGEST_STEP).isAfter(deadline)) {
            return Optional.empty();
        }
        Optional<Claim> claim = ledger.find(key).map(due -> orders.advance(due, Errand.again(deadline)));
        claim.ifPresent(this::publish);
        return claim;
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
