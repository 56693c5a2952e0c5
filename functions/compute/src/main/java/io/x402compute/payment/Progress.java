package io.x402compute.payment;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Usdc;

/**
 * How far a claim has come.
 *
 * @param state where it stands
 * @param handle what its settlement is known by, once prepared
 * @param transaction the transfer's hash: expected while settling, proven from SETTLED on, empty where unknown
 * @param reason why it was refused or is owed back, a machine code; empty otherwise
 * @param refund how it goes back on the chain, where it does
 * @param tries how often it was sent in vain, in either direction
 * @param taking how much of it is to be taken, where it bought what was done before; empty until that is known
 * @param leaseUntil until then somebody is at work on it and nobody else may be
 * @param attendAt when the resumer is to look at it next
 */
public record Progress(
        PaymentState state,
        Optional<SettlementHandle> handle,
        String transaction,
        String reason,
        Optional<Refund> refund,
        int tries,
        Optional<Usdc> taking,
        Instant leaseUntil,
        Instant attendAt) {

    static Progress start(Instant leaseUntil) {
        return new Progress(PaymentState.CLAIMED, Optional.empty(), "", "", Optional.empty(), 0,
                Optional.empty(), leaseUntil, leaseUntil);
    }

    Progress to(PaymentState next) {
        return new Progress(next, handle, transaction, reason, refund, tries, taking, leaseUntil, attendAt);
    }

    Progress handle(SettlementHandle next) {
        return new Progress(state, Optional.of(next), next.transaction(), reason, refund, tries, taking, leaseUntil,
                attendAt);
    }

    Progress withoutHandle() {
        return new Progress(state, Optional.empty(), "", "", refund, 0, taking, leaseUntil, attendAt);
    }

    /** As if it had not been refused. */
    Progress anew() {
        return new Progress(state, handle, transaction, "", refund, 0, taking, leaseUntil, attendAt);
    }

    Progress transaction(String next) {
        return new Progress(state, handle, next, reason, refund, tries, taking, leaseUntil, attendAt);
    }

    Progress reason(String next) {
        return new Progress(state, handle, transaction, next, refund, tries, taking, leaseUntil, attendAt);
    }

    /** Owed back in that way. */
    Progress owed(Remedy remedy) {
        Optional<Refund> planned = switch (remedy) {
            case CREDIT -> Optional.empty();
            case REFUND -> Optional.of(Refund.PLANNED);
        };
        return new Progress(state, handle, transaction, reason, planned, 0, taking, leaseUntil, attendAt);
    }

    Progress refund(Refund next) {
        return new Progress(state, handle, transaction, reason, Optional.of(next), tries, taking, leaseUntil, attendAt);
    }

    Progress taking(Usdc next) {
        return new Progress(state, handle, transaction, reason, refund, tries, Optional.of(next), leaseUntil, attendAt);
    }

    Progress inVain() {
        return new Progress(state, handle, transaction, reason, refund, tries + 1, taking, leaseUntil, attendAt);
    }

    /** Taken for work that may last until then. The look after it comes no later, so that a crash is noticed. */
    Progress leased(Instant until) {
        return new Progress(state, handle, transaction, reason, refund, tries, taking, until, until);
    }

    /** Nobody is at work on it; to be looked at again then. */
    Progress released(Instant next) {
        return new Progress(state, handle, transaction, reason, refund, tries, taking, Instant.EPOCH, next);
    }
}
