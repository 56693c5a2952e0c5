package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Spending;
import io.x402compute.payment.Tender;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Repricing;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Takes an order forward from whatever state it is in, in the request that placed it and in the scheduled resumer alike. Every
 * step is saved before its outside call is made; whoever loses a save does nothing outside. A "no" from a facilitator is
 * checked against the chain, and "don't know" is resolved by reading the chain.
 */
public final class OrderAdvancer {
    static final Duration LEASE = OrderTurn.LEASE;
    /** Sent once and once more: a transaction that is still not mined then is worth more. */
    static final int SENDS_AT_ONE_PRICE = 2;
    /** Why an order was refused whose payment has moved, but with less in it; a machine code. */
    static final String SETTLED_FOR_LESS = "settled_for_less";
    static final Duration CHAIN_CLOCK_MARGIN = PaymentWindow.CHAIN_CLOCK_MARGIN;

    private final Facilitator facilitator;
    private final TransferLookup transfers;
    private final Deliveries deliveries;
    private final Credits credits;
    private final GivingBack givingBack;
    private final OrderTurn turn;
    private final Clock clock;

    /** Without a refund wallet: what is owed back becomes credit. */
    public OrderAdvancer(PaymentLedger ledger, Facilitator facilitator, TransferLookup transfers, Deliveries deliveries,
            Credits credits, Clock clock) {
        this(ledger, facilitator, transfers, deliveries, credits, Optional.empty(), clock);
    }

    public OrderAdvancer(PaymentLedger ledger, Facilitator facilitator, TransferLookup transfers, Deliveries deliveries,
            Credits credits, Optional<RefundWallet> refunds, Clock clock) {
        this.facilitator = facilitator;
        this.transfers = transfers;
        this.deliveries = deliveries;
        this.credits = credits;
        this.turn = new OrderTurn(ledger, clock);
        this.givingBack = new GivingBack(credits, refunds, facilitator, transfers, turn, clock);
        this.clock = clock;
    }

    /** Takes the order as far as it goes on this errand, unless somebody else is at it. */
    Claim advance(Claim claim, Errand errand) {
        boolean resting = claim.attendAt().isEmpty() || claim.state().isFinal();
        if (resting || claim.isLeased(clock.instant()) || givingBack.pauses(claim)) {
            return claim;
        }
        Claim taken = claim.taken(turn.leaseEnd());
        return turn.saved(taken) ? putDown(advanceHeld(taken, errand)) : turn.current(claim);
    }

    /** Whether a payment's transfer has happened already, whoever brought it about. */
    TransferEvidence evidence(Payment payment) {
        return transfers.find(payment);
    }

    /** The same of a payment that may have been let out: what was stored before that tells more. */
    private TransferEvidence evidence(Claim claim, Payment payment) {
        return claim.handle().map(handle -> transfers.find(payment, handle)).orElseGet(() -> transfers.find(payment));
    }

    /** A new claim on money that is here and can buy nothing: owed back from the first. */
    Claim owed(Claim fresh, String transaction, RefundReason reason) {
        Claim settled = fresh.settled(transaction, clock.instant());
        return settled.refundDue(reason.code(), givingBack.remedy(settled));
    }

    /** A refused payment that would settle now gets another try, unless somebody is looking at it. */
    Claim retry(Claim refused, Errand errand) {
        if (refused.isLeased(clock.instant())) {
            return refused;
        }
        Claim retried = refused.retried(turn.leaseEnd());
        return turn.saved(retried) ? advanceHeld(retried, errand) : turn.current(refused);
    }

    /** As {@link #advance}, for an order whose lease the caller holds. */
    Claim advanceHeld(Claim held, Errand errand) {
        return switch (held.state()) {
            case CLAIMED -> deliveries.precedePayment(held) ? run(held, errand) : settle(held, errand);
            case RUNNING -> ran(held, deliveries.lookUp(held, errand), errand);
            case RAN -> prepare(held, held.transfer(), errand);
            case SETTLING, SETTLE_UNKNOWN -> resolve(held, held.transfer(), errand);
            case SETTLE_REFUSED, RUN_FAILED ->
                held.payment().map(payment -> lookOnceMore(held, payment, errand)).orElse(held);
            case SETTLED -> deliver(held, errand);
            case REFUND_DUE, REFUNDING, REFUND_UNKNOWN -> givingBack.advance(held, errand.deadline());
            case FULFILLED, CREDITED, REFUNDED -> held;
        };
    }

    /** Only for whoever waits for it: an order that was left before it had begun is not begun any more. */
    private Claim run(Claim claimed, Errand errand) {
        if (!errand.isFirst()) {
            return turn.save(claimed.runFailed(RunFulfilment.INTERRUPTED, lastUse(claimed.transfer())));
        }
        Claim running = claimed.running();
        return turn.saved(running) ? ran(running, deliveries.run(running, errand), errand) : turn.current(claimed);
    }

    private Claim ran(Claim running, RunOutcome outcome, Errand errand) {
        return switch (outcome) {
            case RunOutcome.Ran(Usdc taking) -> {
                Claim ran = running.ran(taking);
                yield turn.saved(ran) ? prepare(ran, ran.transfer(), errand) : turn.current(running);
            }
            case RunOutcome.Failed(String reason) ->
                turn.save(running.runFailed(reason, lastUse(running.transfer())));
        };
    }

    private Claim settle(Claim claimed, Errand errand) {
        if (!deliveries.reserve(claimed)) {
            return tooLate(claimed, errand);
        }
        return switch (claimed.tender()) {
            case Tender.Transfer(Payment payment) -> prepare(claimed, payment, errand);
            case Tender.Proof proof -> settled(claimed, proof.transaction(), errand);
            case Tender.Credit(Wallet payer, Usdc amount) -> spend(claimed, errand);
        };
    }

    /** Nothing is taken for it; but whoever was at it before may have taken it, which is found out and given back. */
    private Claim tooLate(Claim claimed, Errand errand) {
        return switch (claimed.tender()) {
            case Tender.Transfer(Payment payment) -> judge(claimed, payment, "lease_over", errand);
            case Tender.Proof proof -> settled(claimed, proof.transaction(), errand);
            case Tender.Credit(Wallet payer, Usdc amount) -> spend(claimed, errand);
        };
    }

    /** Needs no state of its own for what is not known: to spend for the same order again is how to find out. */
    private Claim spend(Claim claimed, Errand errand) {
        return switch (credits.spend(claimed.payer(), claimed.amount(), claimed.order().orderId(), clock.instant())) {
            case Spending.Spent() -> settled(claimed, "", errand);
            case Spending.Crossed() -> turn.save(claimed.released(turn.soon()));
            case Spending.Insufficient(Usdc available) ->
                turn.save(claimed.refused("insufficient_credits", Instant.MAX));
        };
    }

    private Claim prepare(Claim claimed, Payment payment, Errand errand) {
        return switch (facilitator.prepare(payment)) {
            case Preparation.Prepared(SettlementHandle handle) -> {
                // The lease is as it was taken, a moment ago: moving the claim in its index would cost two writes.
                Claim settling = claimed.settling(handle, claimed.progress().leaseUntil());
                yield turn.saved(settling) ? send(settling, payment, handle, errand) : turn.current(claimed);
            }
            case Preparation.Refused(String reason, String message) -> judge(claimed, payment, reason, errand);
            case Preparation.Unavailable(String why) -> turn.save(claimed.released(turn.soon()));
        };
    }

    private Claim send(Claim settling, Payment payment, SettlementHandle handle, Errand errand) {
        return switch (facilitator.settle(payment, handle, turn.patience(errand.deadline()))) {
            case Settlement.Settled(String transaction, Optional<Usdc> metered) ->
                moved(settling, transaction, metered, errand);
            case Settlement.Refused(String reason, String message, String transaction) ->
                judge(settling, payment, reason, errand);
            case Settlement.Unknown(String transaction, String why) ->
                turn.save(settling.unknown(transaction, turn.soon()));
            case Settlement.Outnumbered(String why) -> renumber(settling, payment, errand);
        };
    }

    /** The same bytes first, then the same transfer for more. */
    private Claim sendAgain(Claim unknown, Payment payment, SettlementHandle handle, Errand errand) {
        if (unknown.tries() < SENDS_AT_ONE_PRICE) {
            return send(unknown, payment, handle, errand);
        }
        return switch (facilitator.reprice(payment, handle)) {
            case Repricing.Repriced(SettlementHandle dearer) -> {
                Claim repriced = unknown.repriced(dearer, turn.leaseEnd());
                yield turn.saved(repriced) ? send(repriced, payment, dearer, errand) : turn.current(unknown);
            }
            case Repricing.Kept(String why) -> send(unknown, payment, handle, errand);
        };
    }

    /** The handle is dead. If the money has not moved by another way either, the payment gets a new one. */
    private Claim renumber(Claim dead, Payment payment, Errand errand) {
        return switch (evidence(dead, payment)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> metered) ->
                moved(dead, transaction, metered, errand);
            case TransferEvidence.NotMoved(boolean stillPossible) -> turn.save(stillPossible
                    ? dead.renumbered(turn.soon())
                    : dead.refused("payment_expired", Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> turn.save(dead.unknown("", turn.soon()));
        };
    }

    /** A facilitator said no. Only the chain can prove it: anyone may have broadcast the authorization. */
    private Claim judge(Claim claim, Payment payment, String reason, Errand errand) {
        return switch (evidence(claim, payment)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> metered) ->
                moved(claim, transaction, metered, errand);
            // Who knows the nonce to be used is a block ahead of our node: the transfer is on its way.
            case TransferEvidence.NotMoved(boolean stillPossible) -> stillPossible
                    && Checkout.USED.contains(reason)
                            ? undecided(claim)
                            : turn.save(claim.refused(reason, stillPossible ? lastUse(payment) : Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> undecided(claim);
        };
    }

    private Claim undecided(Claim claim) {
        boolean unsent = claim.state() == PaymentState.CLAIMED || claim.state() == PaymentState.RAN;
        return turn.save(unsent
                ? claim.released(turn.soon())
                : claim.unknown("", turn.soon()));
    }

    private Claim resolve(Claim unknown, Payment payment, Errand errand) {
        return switch (evidence(unknown, payment)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> metered) ->
                moved(unknown, transaction, metered, errand);
            case TransferEvidence.NotMoved(boolean stillPossible) -> stillPossible
                    ? sendAgain(unknown, payment, unknown.handle().orElseThrow(), errand)
                    : turn.save(unknown.refused("payment_expired", Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> turn.save(unknown.released(turn.soon()));
        };
    }

    private Claim lookOnceMore(Claim refused, Payment payment, Errand errand) {
        Instant now = clock.instant();
        return switch (evidence(refused, payment)) {
            case TransferEvidence.Moved(String _, Optional<Usdc> metered) when !hasPaidFor(refused, metered) ->
                turn.save(refused.released(Instant.MAX));
            case TransferEvidence.Moved(String transaction, Optional<Usdc> _) -> {
                Claim late = refused.settledTooLate(transaction, givingBack.remedy(refused), now);
                yield turn.saved(late) ? givingBack.advance(late, errand.deadline()) : turn.current(refused);
            }
            case TransferEvidence.NotMoved(boolean stillPossible) -> turn.save(stillPossible
                    ? refused.released(later(lastUse(payment), turn.soon()))
                    : refused.released(Instant.MAX));
            case TransferEvidence.Unreadable(String why) -> turn.save(refused.released(turn.soon()));
        };
    }

    private Claim moved(Claim claim, String transaction, Optional<Usdc> metered, Errand errand) {
        return hasPaidFor(claim, metered)
                ? settled(claim, transaction, errand)
                : turn.save(claim.refused(SETTLED_FOR_LESS, Instant.MAX));
    }

    /** Of a permit for a maximum no less than was written down before; else the same account has settled it for something elsewhere. */
    private static boolean hasPaidFor(Claim claim, Optional<Usdc> metered) {
        return metered.isEmpty()
                || claim.progress().taking().filter(taking -> metered.get().compareTo(taking) >= 0).isPresent();
    }

    private Claim settled(Claim claim, String transaction, Errand errand) {
        Claim settled = claim.settled(transaction, clock.instant());
        return turn.saved(settled) ? deliver(settled, errand) : turn.current(claim);
    }

    private Claim deliver(Claim settled, Errand errand) {
        return switch (deliveries.deliver(settled, errand)) {
            case Delivery.Done() -> turn.save(settled.fulfilled());
            // The lease is left as it is: in the request a write would buy nothing, for a machine takes a while to boot.
            case Delivery.Underway() -> settled;
            case Delivery.Impossible(RefundReason reason) -> {
                Claim due = settled.refundDue(reason.code(), givingBack.remedy(settled));
                yield turn.saved(due) ? givingBack.advance(due, errand.deadline()) : turn.current(settled);
            }
        };
    }

    /** What is still under way when this run ends is taken up again soon, not only when the lease has run out. */
    private Claim putDown(Claim held) {
        return held.state() == PaymentState.SETTLED && held.isLeased(clock.instant())
                ? turn.save(held.released(turn.soon()))
                : held;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant lastUse(Payment payment) {
        return PaymentWindow.lastUse(payment, clock.instant());
    }
}
