package io.x402compute.order;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Spending;
import io.x402compute.payment.Tender;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Takes an order forward from whatever state it is in, in the request that placed it and in the scheduled resumer alike. Every
 * step is saved before its outside call is made; whoever loses a save does nothing outside. A "no" from a facilitator is
 * checked against the chain, and "don't know" is resolved by reading the chain.
 */
public final class OrderAdvancer {
    /** Longer than any function runs: after it whoever held an order is certainly not at it any more. */
    static final Duration LEASE = Duration.ofSeconds(90);
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(15);
    /** Kept for writing the outcome down and answering: a request that is cut off tells its payer nothing. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** The chain's clock may trail ours: when a payment is past its window by this much it is past it there too. */
    private static final Duration CHAIN_CLOCK_MARGIN = Duration.ofMinutes(2);

    private final PaymentLedger ledger;
    private final Facilitator facilitator;
    private final TransferLookup transfers;
    private final Deliveries deliveries;
    private final Credits credits;
    private final Clock clock;

    public OrderAdvancer(PaymentLedger ledger, Facilitator facilitator, TransferLookup transfers, Deliveries deliveries,
            Credits credits, Clock clock) {
        this.ledger = ledger;
        this.facilitator = facilitator;
        this.transfers = transfers;
        this.deliveries = deliveries;
        this.credits = credits;
        this.clock = clock;
    }

    /** Takes the order as far as it goes before the deadline, unless somebody else is at it. */
    public Claim advance(Claim claim, Instant deadline) {
        boolean resting = claim.attendAt().isEmpty() || claim.state().isFinal();
        if (resting || claim.isLeased(clock.instant())) {
            return claim;
        }
        Claim taken = claim.taken(leaseEnd());
        return ledger.save(taken) ? putDown(advanceHeld(taken, deadline)) : current(claim);
    }

    /** Whether a payment's transfer has happened already, whoever brought it about. */
    TransferEvidence evidence(Payment payment) {
        return transfers.find(payment);
    }

    /** A refused payment that would settle now gets another try. */
    Claim retry(Claim refused, Instant deadline) {
        Claim retried = refused.retried(leaseEnd());
        return ledger.save(retried) ? advanceHeld(retried, deadline) : current(refused);
    }

    /** As {@link #advance}, for an order whose lease the caller holds. */
    Claim advanceHeld(Claim held, Instant deadline) {
        return switch (held.state()) {
            case CLAIMED -> settle(held, deadline);
            case SETTLING, SETTLE_UNKNOWN -> resolve(held, transfer(held), deadline);
            case SETTLE_REFUSED -> held.payment().map(payment -> lookOnceMore(held, payment)).orElse(held);
            case SETTLED -> deliver(held, deadline);
            case REFUND_DUE -> giveBack(held);
            case FULFILLED, CREDITED -> held;
        };
    }

    private Claim settle(Claim claimed, Instant deadline) {
        if (!deliveries.reserve(claimed)) {
            return save(claimed.refused("lease_over", claimed.payment().map(this::lastUse).orElse(Instant.MAX)));
        }
        return switch (claimed.tender()) {
            case Tender.Transfer(Payment payment) -> prepare(claimed, payment, deadline);
            case Tender.Credit(Wallet payer, Usdc amount) -> spend(claimed, deadline);
        };
    }

    /** Needs no state of its own for what is not known: to spend for the same order again is how to find out. */
    private Claim spend(Claim claimed, Instant deadline) {
        return switch (credits.spend(claimed.payer(), claimed.amount(), claimed.order().orderId(), clock.instant())) {
            case Spending.Spent() -> settled(claimed, "", deadline);
            case Spending.Crossed() -> save(claimed.released(soon()));
            case Spending.Insufficient(Usdc available) -> save(claimed.refused("insufficient_credits", Instant.MAX));
        };
    }

    private Claim prepare(Claim claimed, Payment payment, Instant deadline) {
        return switch (facilitator.prepare(payment)) {
            case Preparation.Prepared(SettlementHandle handle) -> {
                Claim settling = claimed.settling(handle, leaseEnd());
                yield ledger.save(settling) ? send(settling, payment, handle, deadline) : current(claimed);
            }
            case Preparation.Refused(String reason, String message) -> judge(claimed, payment, reason, deadline);
            case Preparation.Unavailable(String why) -> save(claimed.released(soon()));
        };
    }

    private Claim send(Claim settling, Payment payment, SettlementHandle handle, Instant deadline) {
        return switch (facilitator.settle(payment, handle, patience(deadline))) {
            case Settlement.Settled(String transaction) -> settled(settling, transaction, deadline);
            case Settlement.Refused(String reason, String message, String transaction) ->
                judge(settling, payment, reason, deadline);
            case Settlement.Unknown(String transaction, String why) -> save(settling.unknown(transaction, soon()));
            case Settlement.Outnumbered(String why) -> renumber(settling, payment, deadline);
        };
    }

    /** The handle is dead. If the money has not moved by another way either, the payment gets a new one. */
    private Claim renumber(Claim dead, Payment payment, Instant deadline) {
        return switch (transfers.find(payment)) {
            case TransferEvidence.Moved(String transaction) -> settled(dead, transaction, deadline);
            case TransferEvidence.NotMoved(boolean stillPossible) -> save(stillPossible
                    ? dead.renumbered(soon())
                    : dead.refused("payment_expired", Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> save(dead.unknown("", soon()));
        };
    }

    /** A facilitator said no. Only the chain can prove it: anyone may have broadcast the authorization. */
    private Claim judge(Claim claim, Payment payment, String reason, Instant deadline) {
        return switch (transfers.find(payment)) {
            case TransferEvidence.Moved(String transaction) -> settled(claim, transaction, deadline);
            case TransferEvidence.NotMoved(boolean stillPossible) -> save(
                    claim.refused(reason, stillPossible ? lastUse(payment) : Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> save(claim.state() == PaymentState.CLAIMED
                    ? claim.released(soon())
                    : claim.unknown("", soon()));
        };
    }

    private Claim resolve(Claim unknown, Payment payment, Instant deadline) {
        return switch (transfers.find(payment)) {
            case TransferEvidence.Moved(String transaction) -> settled(unknown, transaction, deadline);
            case TransferEvidence.NotMoved(boolean stillPossible) -> stillPossible
                    ? send(unknown, payment, unknown.handle().orElseThrow(), deadline)
                    : save(unknown.refused("payment_expired", Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> save(unknown.released(soon()));
        };
    }

    private Claim lookOnceMore(Claim refused, Payment payment) {
        Instant now = clock.instant();
        return switch (transfers.find(payment)) {
            case TransferEvidence.Moved(String transaction) -> {
                Claim late = refused.settledTooLate(transaction, now);
                yield ledger.save(late) ? giveBack(late) : current(refused);
            }
            case TransferEvidence.NotMoved(boolean stillPossible) -> save(stillPossible
                    ? refused.released(later(lastUse(payment), soon()))
                    : refused.refused(refused.reason(), Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> save(refused.released(soon()));
        };
    }

    private Claim settled(Claim claim, String transaction, Instant deadline) {
        Claim settled = claim.settled(transaction, clock.instant());
        return ledger.save(settled) ? deliver(settled, deadline) : current(claim);
    }

    private Claim deliver(Claim settled, Instant deadline) {
        return switch (deliveries.deliver(settled, deadline)) {
            case Delivery.Done() -> save(settled.fulfilled());
            // The lease is left as it is: in the request a write would buy nothing, for a machine takes a while to boot.
            case Delivery.Underway() -> settled;
            case Delivery.Impossible(String reason) -> {
                Claim due = settled.refundDue(reason);
                yield ledger.save(due) ? giveBack(due) : current(settled);
            }
        };
    }

    /** What is still under way when this run ends is taken up again soon, not only when the lease has run out. */
    private Claim putDown(Claim held) {
        return held.state() == PaymentState.SETTLED && held.isLeased(clock.instant())
                ? save(held.released(soon()))
                : held;
    }

    private Claim giveBack(Claim due) {
        Instant now = clock.instant();
        credits.give(due.payer(), due.amount(), due.order().orderId(), due.reason(), now);
        return save(due.credited(now));
    }

    /** What only a transfer can be at the moment: under way. */
    private static Payment transfer(Claim settling) {
        return settling.payment().orElseThrow();
    }

    private Claim save(Claim next) {
        return ledger.save(next) ? next : current(next);
    }

    private Claim current(Claim claim) {
        return ledger.find(claim.key()).orElseThrow();
    }

    private Duration patience(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline).minus(TO_ANSWER);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(SETTLE_PATIENCE) < 0 ? left : SETTLE_PATIENCE;
    }

    private Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    private Instant soon() {
        return clock.instant().plus(LOOK_AGAIN);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** From then on the payment cannot be used by anybody. Some are valid for ever: those are looked at once a day. */
    private Instant lastUse(Payment payment) {
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) -> Instant.ofEpochSecond(
                    authorization.validBefore().min(BigInteger.valueOf(tomorrow.getEpochSecond())).longValueExact())
                    .plus(CHAIN_CLOCK_MARGIN);
        };
    }
}
