package io.x402compute.facilitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;

/**
 * A payment that somebody has us settle: bound to the first request that presents it, and told to be settled once. Each arrow is a
 * method that returns the next row, to be saved before anything outside happens.
 *
 * <pre>
 * OPEN → SENT → SETTLED
 *   ⇅      ↓
 *   REFUSED
 * </pre>
 *
 * @param request as it was asked for
 * @param handle what its settlement is known by, once prepared
 * @param transaction the transfer's hash: expected while SENT, proven once SETTLED, of the failed one when REFUSED; empty where there is none
 * @param reason why it was refused, a protocol reason; empty otherwise
 * @param told the name of the call that the success has been told to; empty while it has not
 * @param tries how often it was sent in vain
 * @param leaseUntil until then somebody is at work on it and nobody else may be
 * @param attendAt when the resumer is to look at it next
 * @param version of the row, 1 for a new one
 */
public record Facilitation(
        FacilitatorRequest request,
        FacilitationState state,
        Optional<SettlementHandle> handle,
        String transaction,
        String reason,
        Optional<String> told,
        int tries,
        Instant leaseUntil,
        Instant attendAt,
        long version) {

    /** Taken in by whoever holds it until then. */
    public static Facilitation of(FacilitatorRequest request, Instant leaseUntil) {
        return new Facilitation(request, FacilitationState.OPEN, Optional.empty(), "", "", Optional.empty(), 0,
                leaseUntil, leaseUntil, 1);
    }

    public Payment payment() {
        return request.payment();
    }

    public PaymentKey key() {
        return payment().key();
    }

    public boolean isLeased(Instant now) {
        return now.isBefore(leaseUntil);
    }

    public boolean isFinal() {
        return state == FacilitationState.SETTLED || state == FacilitationState.REFUSED;
    }

    /** Whether it has come to nothing without anything having been sent: then it can be taken in again. */
    public boolean isReopenable(Instant now) {
        return handle.isEmpty() && (state == FacilitationState.REFUSED
                || (state == FacilitationState.OPEN && !isLeased(now)));
    }

    /** Taken over from a holder whose lease has ended. */
    Facilitation taken(Instant until) {
        return next(state, handle, transaction, reason, told, tries, until, until);
    }

    /** Put down unchanged. */
    Facilitation released(Instant next) {
        return next(state, handle, transaction, reason, told, tries, Instant.EPOCH, next);
    }

    /** OPEN, REFUSED → OPEN: nothing was sent, so it may be asked for by another request. */
    Facilitation reopened(FacilitatorRequest asked, Instant until) {
        if (handle.isPresent()) {
            throw new IllegalStateException(state + " and it was sent");
        }
        from(FacilitationState.OPEN, FacilitationState.REFUSED);
        return new Facilitation(asked, FacilitationState.OPEN, handle, "", "", told, 0, until, until, version + 1);
    }

    /** OPEN, SENT → SENT: from now on the transfer may be out. A dearer transaction takes the place of one before it. */
    Facilitation sent(SettlementHandle prepared, Instant until) {
        from(FacilitationState.OPEN, FacilitationState.SENT);
        return next(FacilitationState.SENT, Optional.of(prepared), prepared.transaction(), "", told, tries, until,
                until);
    }

    /** Stays SENT: nobody can say yet. */
    Facilitation unknown(String hash, Instant next) {
        from(FacilitationState.SENT);
        return next(state, handle, hash.isEmpty() ? transaction : hash, "", told, tries + 1, Instant.EPOCH, next);
    }

    /**
     * OPEN, SENT → SETTLED, on proof of the transfer.
     *
     * @param hearing the call that is told so now; empty where nobody is asking
     */
    Facilitation settled(String hash, Optional<String> hearing) {
        from(FacilitationState.OPEN, FacilitationState.SENT);
        return next(FacilitationState.SETTLED, handle, hash, "", hearing, tries, Instant.EPOCH, Instant.MAX);
    }

    /** Stays SETTLED, and is told. */
    Facilitation told(String hearing) {
        from(FacilitationState.SETTLED);
        return next(state, handle, transaction, "", Optional.of(hearing), tries, Instant.EPOCH, Instant.MAX);
    }

    /** OPEN, SENT → REFUSED: what was sent can move nothing any more. */
    Facilitation refused(String why, String hash) {
        from(FacilitationState.OPEN, FacilitationState.SENT);
        return next(FacilitationState.REFUSED, handle, hash, why, told, tries, Instant.EPOCH, Instant.MAX);
    }

    /** OPEN, SENT → REFUSED: its handle is dead and it was never sent, as far as anybody will ever see. */
    Facilitation abandoned(String why) {
        from(FacilitationState.OPEN, FacilitationState.SENT);
        return next(FacilitationState.REFUSED, Optional.empty(), "", why, told, 0, Instant.EPOCH, Instant.MAX);
    }

    private void from(FacilitationState... allowed) {
        if (!List.of(allowed).contains(state)) {
            throw new IllegalStateException("the payment is " + state);
        }
    }

    private Facilitation next(FacilitationState to, Optional<SettlementHandle> prepared, String hash, String why,
            Optional<String> hearing, int inVain, Instant until, Instant attend) {
        return new Facilitation(request, to, prepared, hash, why, hearing, inVain, until, attend, version + 1);
    }
}
