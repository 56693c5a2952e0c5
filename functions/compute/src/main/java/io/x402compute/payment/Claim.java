package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.event.DomainEvent;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * A payment claimed for one order: the state machine of the money. Each arrow is a method that returns the next claim, to be
 * saved before anything outside happens; saving fails if anybody saved in between ({@link PaymentLedger#save}). Claims are
 * never deleted.
 *
 * <pre>
 * CLAIMED → SETTLING → SETTLED → FULFILLED
 *    ↑         ↓  ↘       ↓
 *    │  SETTLE_UNKNOWN   REFUND_DUE → CREDITED
 *    │         ↓            ↑  ↘
 *    └── SETTLE_REFUSED ────┘   REFUNDING ⇄ REFUND_UNKNOWN → REFUNDED
 *              (a transfer that came after the refusal)
 * </pre>
 *
 * What is done before the money is asked for goes another way to the same end, and from then on RAN is what CLAIMED is to the others:
 *
 * <pre>
 * CLAIMED → RUNNING → RAN → SETTLING → …
 *     ↘        ↓       ↑
 *      ── RUN_FAILED   └── SETTLE_REFUSED
 *              ↓
 *         REFUND_DUE (a transfer that somebody else has let out)
 * </pre>
 *
 * What is paid with credit goes from CLAIMED straight to SETTLED or SETTLE_REFUSED: nothing about it can be unknown for long. What the chain
 * has shown to be paid is SETTLED from the first.
 *
 * @param tender what it is paid with
 * @param claimedAt when it was claimed: an extension is in time if this is before the lease's end
 * @param pendingEvents stored with the change that caused them, not yet known to be published
 * @param version of the row, 1 for a new claim
 */
public record Claim(
        PaymentKey key,
        OrderBinding order,
        Tender tender,
        Instant claimedAt,
        Progress progress,
        List<DomainEvent> pendingEvents,
        long version) {
    private static final String REPLACED = "replaced_by_another_payment";

    /** Why such an order is owed back, a machine code. */
    public static final String SETTLED_AFTER_REFUSAL = "settled_after_refusal";
    /** Why one is owed back that bought what came to nothing, a machine code. */
    public static final String RUN_FAILED = "run_failed";

    public Claim {
        pendingEvents = List.copyOf(pendingEvents);
    }

    /** A new claim, held by its maker until {@code leaseUntil}. */
    public static Claim of(Payment payment, OrderBinding order, Instant now, Instant leaseUntil) {
        return of(payment.key(), new Tender.Transfer(payment), order, now, leaseUntil);
    }

    /** As {@link #of(Payment, OrderBinding, Instant, Instant)}, paid with anything. */
    public static Claim of(PaymentKey key, Tender tender, OrderBinding order, Instant now, Instant leaseUntil) {
        return new Claim(key, order, tender, now, Progress.start(leaseUntil), List.of(), 1);
    }

    public PaymentState state() {
        return progress.state();
    }

    public Wallet payer() {
        return tender.payer();
    }

    /** What is taken for it: all that it is worth, until it is known that it is less. */
    public Usdc amount() {
        return progress.taking().orElseGet(this::ceiling);
    }

    /** The most that may be taken for it: what was quoted. */
    public Usdc ceiling() {
        return tender.amount();
    }

    /** The signed transfer it is paid with, as it was agreed on; empty where nothing was signed for it. */
    public Optional<Payment> payment() {
        return switch (tender) {
            case Tender.Transfer(Payment payment) -> Optional.of(payment);
            case Tender.Proof proof -> Optional.empty();
            case Tender.Credit credit -> Optional.empty();
        };
    }

    /**
     * The same as it is to be settled: of what is taken.
     *
     * @throws java.util.NoSuchElementException where nothing was signed
     */
    public Payment transfer() {
        Payment signed = payment().orElseThrow();
        return signed.metered().isPresent() ? signed.taking(amount()) : signed;
    }

    /** The offer that was paid; empty where it is paid with credit. */
    public Optional<PaymentRequirements> terms() {
        return switch (tender) {
            case Tender.Transfer(Payment payment) -> Optional.of(payment.requirements());
            case Tender.Proof(Wallet payer, PaymentRequirements terms, String transaction) -> Optional.of(terms);
            case Tender.Credit credit -> Optional.empty();
        };
    }

    /** The hash of the transfer: expected, or proven once the state says paid. Empty where it is not known. */
    public String transaction() {
        return progress.transaction();
    }

    public String reason() {
        return progress.reason();
    }

    public Optional<SettlementHandle> handle() {
        return progress.handle();
    }

    /** How it goes back on the chain; empty where it does not, or is to become credit. */
    public Optional<Refund> refund() {
        return progress.refund();
    }

    /** How often it was sent in vain. */
    public int tries() {
        return progress.tries();
    }

    public boolean isLeased(Instant now) {
        return now.isBefore(progress.leaseUntil());
    }

    /** When the resumer is to look at it; empty once nothing is left to do. */
    public Optional<Instant> attendAt() {
        boolean rests = progress.attendAt().equals(Instant.MAX) || state().isFinal();
        if (rests) {
            return pendingEvents.isEmpty() ? Optional.empty() : Optional.of(pendingEvents.getFirst().time());
        }
        return Optional.of(progress.attendAt());
    }

    /** Taken over from a holder whose lease has ended. */
    public Claim taken(Instant leaseUntil) {
        return next(progress.leased(leaseUntil));
    }

    /** Put down unchanged, to be taken up again then. */
    public Claim released(Instant attendAt) {
        return next(progress.released(attendAt));
    }

    /** CLAIMED → RUNNING: from now on what it buys may be done. The lease goes on. */
    public Claim running() {
        from(PaymentState.CLAIMED);
        return next(progress.to(PaymentState.RUNNING));
    }

    /**
     * RUNNING → RAN. The lease goes on: the money is asked for next.
     *
     * @param taking how much of it: what the payer has signed, or where he has signed a maximum, what was used of it
     */
    public Claim ran(Usdc taking) {
        from(PaymentState.RUNNING);
        return next(progress.to(PaymentState.RAN).taking(taking));
    }

    /**
     * CLAIMED, RUNNING → RUN_FAILED: for good, and no money is asked for.
     *
     * @param lastLook when the payment can no longer be used by anybody
     */
    public Claim runFailed(String reason, Instant lastLook) {
        from(PaymentState.CLAIMED, PaymentState.RUNNING);
        return next(progress.to(PaymentState.RUN_FAILED).reason(reason).released(lastLook));
    }

    /** CLAIMED, RAN → SETTLING: from now on the transfer may be out. */
    public Claim settling(SettlementHandle handle, Instant leaseUntil) {
        from(PaymentState.CLAIMED, PaymentState.RAN);
        return next(progress.to(PaymentState.SETTLING).handle(handle).leased(leaseUntil));
    }

    /** SETTLING, SETTLE_UNKNOWN → SETTLING: the same transfer in a dearer transaction. The one before it may be mined all the same. */
    public Claim repriced(SettlementHandle handle, Instant leaseUntil) {
        from(PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN);
        return next(progress.to(PaymentState.SETTLING).handle(handle).leased(leaseUntil));
    }

    /** SETTLING, SETTLE_UNKNOWN → CLAIMED or RAN: its handle is dead and nothing has moved, so it is settled under a new one. */
    public Claim renumbered(Instant attendAt) {
        from(PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN);
        return next(progress.to(unsent()).withoutHandle().released(attendAt));
    }

    /** SETTLING, SETTLE_UNKNOWN → SETTLE_UNKNOWN. */
    public Claim unknown(String transaction, Instant attendAt) {
        from(PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN);
        String known = transaction.isEmpty() ? transaction() : transaction;
        return next(progress.to(PaymentState.SETTLE_UNKNOWN).transaction(known).inVain().released(attendAt));
    }

    /**
     * → SETTLE_REFUSED, on the chain's evidence that nothing moved.
     *
     * @param lastLook when the payment can no longer be used; {@link Instant#MAX} where that is proven already
     */
    public Claim refused(String reason, Instant lastLook) {
        from(PaymentState.CLAIMED, PaymentState.RAN, PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN,
                PaymentState.SETTLE_REFUSED);
        return next(progress.to(PaymentState.SETTLE_REFUSED).reason(reason).released(lastLook));
    }

    /**
     * SETTLE_REFUSED → CLAIMED or RAN: the payer presented the same payment again and it would settle now. On Solana that is the same
     * transaction, which may be out: only its handle can prove that it is not.
     */
    public Claim retried(Instant leaseUntil) {
        from(PaymentState.SETTLE_REFUSED);
        boolean numbered = payment().filter(payment -> payment.requirements().network().isEvm()).isPresent();
        Progress claimed = progress.to(unsent());
        return next((numbered ? claimed.withoutHandle() : claimed.anew()).leased(leaseUntil));
    }

    /** → SETTLED, on proof of the transfer. The lease goes on: what was bought is delivered next. */
    public Claim settled(String transaction, Instant now) {
        from(PaymentState.CLAIMED, PaymentState.RAN, PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN);
        return next(progress.to(PaymentState.SETTLED).transaction(transaction),
                PaymentEvents.settled(this, transaction, now));
    }

    /** SETTLE_REFUSED, RUN_FAILED → REFUND_DUE: the transfer came after the payer had been told that there was none. */
    public Claim settledTooLate(String transaction, Remedy remedy, Instant now) {
        from(PaymentState.SETTLE_REFUSED, PaymentState.RUN_FAILED);
        String why = state() == PaymentState.RUN_FAILED ? RUN_FAILED : SETTLED_AFTER_REFUSAL;
        return next(progress.to(PaymentState.REFUND_DUE).transaction(transaction).reason(why).owed(remedy),
                PaymentEvents.settled(this, transaction, now));
    }

    /** SETTLED → FULFILLED. */
    public Claim fulfilled() {
        from(PaymentState.SETTLED);
        return next(progress.to(PaymentState.FULFILLED));
    }

    /** SETTLED → REFUND_DUE: what was bought will not be delivered. */
    public Claim refundDue(String reason, Remedy remedy) {
        from(PaymentState.SETTLED);
        return next(progress.to(PaymentState.REFUND_DUE).reason(reason).owed(remedy));
    }

    /** The terms of the transfer that gives it back; only what was a transfer can go back as one. */
    public RefundTerms refundTerms() {
        return RefundTerms.of(terms().orElseThrow().withAmount(amount()), payer(), order.orderId());
    }

    /**
     * REFUND_DUE, REFUNDING, REFUND_UNKNOWN → REFUNDING: the transfer that gives it back is signed, and from now on anybody may
     * broadcast it. One that was signed before is proven to be dead.
     */
    public Claim refunding(Payment transfer, Instant leaseUntil) {
        Refund refund = onChain(PaymentState.REFUND_DUE, PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUNDING).refund(refund.signed(transfer)).leased(leaseUntil));
    }

    /** REFUNDING, REFUND_UNKNOWN → REFUNDING: from now on we may have let it out, under this handle. */
    public Claim refundSent(SettlementHandle handle, Instant leaseUntil) {
        Refund refund = onChain(PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUNDING).refund(refund.prepared(handle)).leased(leaseUntil));
    }

    /** REFUNDING, REFUND_UNKNOWN → REFUND_UNKNOWN. */
    public Claim refundUnknown(String transaction, Instant attendAt) {
        Refund refund = onChain(PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUND_UNKNOWN).refund(refund.sentAs(transaction)).inVain()
                .released(attendAt));
    }

    /** REFUNDING, REFUND_UNKNOWN → REFUND_UNKNOWN: that try came to nothing; what is signed is tried again under a new handle. */
    public Claim refundHeld(String trouble, Instant attendAt) {
        Refund refund = onChain(PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUND_UNKNOWN).refund(refund.held(trouble)).inVain().released(attendAt));
    }

    /** Nothing could be signed; it stays where it is. */
    public Claim refundUnsigned(String trouble, Instant attendAt) {
        Refund refund = onChain(PaymentState.REFUND_DUE, PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.refund(refund.held(trouble)).inVain().released(attendAt));
    }

    /** REFUNDING, REFUND_UNKNOWN → REFUNDED, on proof of the transfer. */
    public Claim refunded(String transaction, Instant now) {
        Refund refund = onChain(PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUNDED).refund(refund.done(transaction)),
                PaymentEvents.refunded(this, transaction, now));
    }

    /** REFUND_DUE, REFUNDING, REFUND_UNKNOWN → REFUND_DUE: as credit after all. Nothing was signed, or it is proven to be dead. */
    public Claim creditDue() {
        onChain(PaymentState.REFUND_DUE, PaymentState.REFUNDING, PaymentState.REFUND_UNKNOWN);
        return next(progress.to(PaymentState.REFUND_DUE).owed(Remedy.CREDIT));
    }

    /** REFUND_DUE → CREDITED, after the credit was entered. */
    public Claim credited(Instant now) {
        from(PaymentState.REFUND_DUE);
        if (refund().isPresent()) {
            throw new IllegalStateException("order %s is to be refunded".formatted(order.orderId()));
        }
        return next(progress.to(PaymentState.CREDITED), PaymentEvents.credited(this, now));
    }

    /** Its events are on the bus. */
    public Claim published() {
        return new Claim(key, order, tender, claimedAt, progress, List.of(), version + 1);
    }

    /**
     * Stays SETTLE_REFUSED, for its key has bought the order with another payment: it cannot be tried again, and a transfer of
     * it that comes late is given back as ever.
     */
    public Claim replaced() {
        from(PaymentState.SETTLE_REFUSED);
        return next(progress.reason(REPLACED));
    }

    /** Whether another payment was made in its place. */
    public boolean isReplaced() {
        return state() == PaymentState.SETTLE_REFUSED && reason().equals(REPLACED);
    }

    /** Where it stands that has not been sent, or is as if it had not been. */
    private PaymentState unsent() {
        return progress.taking().isPresent() ? PaymentState.RAN : PaymentState.CLAIMED;
    }

    /** The refund of an order in one of these states; an order that may have been credited has none, and cannot get one. */
    private Refund onChain(PaymentState... allowed) {
        from(allowed);
        return refund().orElseThrow(
                () -> new IllegalStateException("order %s is to be credited".formatted(order.orderId())));
    }

    private void from(PaymentState... allowed) {
        if (!List.of(allowed).contains(state())) {
            throw new IllegalStateException("order %s is %s".formatted(order.orderId(), state()));
        }
    }

    private Claim next(Progress next, DomainEvent... caused) {
        return new Claim(key, order, tender, claimedAt, next, PaymentEvents.append(pendingEvents, caused),
                version + 1);
    }
}
