package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.metric.Oldest;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;

/**
 * Measures what orders are not finished. Each of those is looked at again within an hour, so that they are read through the
 * same sparse index as they are resumed by: it costs what is unfinished, not what exists. An age counts from when the payment was
 * claimed, for that is how long its payer has been waiting.
 */
public final class OrderBacklog {
    private final PaymentLedger ledger;
    private final Clock clock;

    public OrderBacklog(PaymentLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What there is now.
     *
     * @param deadline when to stop reading; those that would have been read after it are the youngest ones
     */
    public List<Gauge> gauges(Instant deadline) {
        Instant now = clock.instant();
        Count count = new Count(now);
        for (PaymentKey key : ledger.due(now.plus(OrderTurn.LONGEST_PAUSE))) {
            if (!clock.instant().isBefore(deadline)) {
                break;
            }
            ledger.find(key).ifPresent(count::add);
        }
        return count.gauges();
    }

    private static final class Count {
        private final Oldest unsettled;
        private final Oldest unknown;
        private final Oldest undelivered;
        private final Oldest unfinished;
        private final Oldest refunds;
        private final Oldest events;
        private Usdc owed = Usdc.ZERO;

        Count(Instant now) {
            unsettled = new Oldest(now);
            unknown = new Oldest(now);
            undelivered = new Oldest(now);
            unfinished = new Oldest(now);
            refunds = new Oldest(now);
            events = new Oldest(now);
        }

        void add(Claim claim) {
            claim.pendingEvents().stream().findFirst().ifPresent(event -> events.add(event.time()));
            // One that was refused rests until it is looked at once more: nothing was paid and nobody waits.
            if (rests(claim)) {
                return;
            }
            unfinished.add(claim.claimedAt());
            switch (claim.state()) {
                case CLAIMED, RUNNING, RAN -> unsettled.add(claim.claimedAt());
                case SETTLING, SETTLE_UNKNOWN -> unknown.add(claim.claimedAt());
                case SETTLED -> undelivered.add(claim.claimedAt());
                case REFUND_DUE, REFUNDING, REFUND_UNKNOWN -> {
                    refunds.add(claim.claimedAt());
                    owed = owed.plus(claim.amount());
                }
                case SETTLE_REFUSED, RUN_FAILED, FULFILLED, CREDITED, REFUNDED -> throw new IllegalStateException(
                        "nobody waits for an order that is " + claim.state());
            }
        }

        private static boolean rests(Claim claim) {
            return claim.state().isFinal() || claim.state() == PaymentState.SETTLE_REFUSED
                    || claim.state() == PaymentState.RUN_FAILED;
        }

        List<Gauge> gauges() {
            return List.of(unsettled.age(Metric.OLDEST_UNSETTLED_CLAIM), unknown.age(Metric.OLDEST_UNKNOWN_SETTLEMENT),
                    undelivered.age(Metric.OLDEST_UNDELIVERED_ORDER), undelivered.count(Metric.UNDELIVERED_ORDERS),
                    unfinished.count(Metric.UNFINISHED_ORDERS), refunds.age(Metric.OLDEST_OPEN_REFUND),
                    refunds.count(Metric.OPEN_REFUNDS),
                    new Gauge(Metric.OPEN_REFUND_AMOUNT, owed.dollars()),
                    events.age(Metric.OLDEST_ORDER_EVENT));
        }
    }
}
