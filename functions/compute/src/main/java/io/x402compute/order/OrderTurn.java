package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;

/** The rules for whoever is at work on an order: how long it is his, how long he may wait, and when to look again. */
final class OrderTurn {
    /** Longer than any function runs: after it whoever held an order is certainly not at it any more. */
    static final Duration LEASE = Duration.ofSeconds(90);
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(15);
    /** Kept for writing the outcome down and answering: a request that is cut off tells its payer nothing. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** No order that waits for an answer rests for longer than that. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 7;

    private final PaymentLedger ledger;
    private final Clock clock;

    OrderTurn(PaymentLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Whether it was this one's to save; if not, nothing may be done outside. */
    boolean saved(Claim next) {
        return ledger.save(next);
    }

    /** The next state, or what somebody else has made of the order. */
    Claim save(Claim next) {
        return ledger.save(next) ? next : current(next);
    }

    Claim current(Claim claim) {
        return ledger.find(claim.key()).orElseThrow();
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    Instant soon() {
        return clock.instant().plus(LOOK_AGAIN);
    }

    /** The later the more often it was in vain. */
    Instant afterPause(Claim claim) {
        Duration pause = LOOK_AGAIN.multipliedBy(1L << Math.min(claim.tries(), MOST_DOUBLINGS));
        return clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** How long to wait for a settlement. */
    Duration patience(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline).minus(TO_ANSWER);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(SETTLE_PATIENCE) < 0 ? left : SETTLE_PATIENCE;
    }
}
