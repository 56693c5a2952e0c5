package io.x402compute.payment;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.facilitator.SettlementHandle;

/**
 * How far a claim has come.
 *
 * @param state where it stands
 * @param handle what its settlement is known by, once prepared
 * @param transaction the transfer's hash: expected while settling, proven from SETTLED on, empty where unknown
 * @param reason why it was refused or is owed back, a machine code; empty otherwise
 * @param leaseUntil until then somebody is at work on it and nobody else may be
 * @param attendAt when the resumer is to look at it next
 */
public record Progress(
        PaymentState state,
        Optional<SettlementHandle> handle,
        String transaction,
        String reason,
        Instant leaseUntil,
        Instant attendAt) {

    static Progress start(Instant leaseUntil) {
        return new Progress(PaymentState.CLAIMED, Optional.empty(), "", "", leaseUntil, leaseUntil);
    }

    Progress to(PaymentState next) {
        return new Progress(next, handle, transaction, reason, leaseUntil, attendAt);
    }

    Progress handle(SettlementHandle next) {
        return new Progress(state, Optional.of(next), next.transaction(), reason, leaseUntil, attendAt);
    }

    Progress withoutHandle() {
        return new Progress(state, Optional.empty(), "", "", leaseUntil, attendAt);
    }

    Progress transaction(String next) {
        return new Progress(state, handle, next, reason, leaseUntil, attendAt);
    }

    Progress reason(String next) {
        return new Progress(state, handle, transaction, next, leaseUntil, attendAt);
    }

    /** Taken for work that may last until then. The look after it comes no later, so that a crash is noticed. */
    Progress leased(Instant until) {
        return new Progress(state, handle, transaction, reason, until, until);
    }

    /** Nobody is at work on it; to be looked at again then. */
    Progress released(Instant next) {
        return new Progress(state, handle, transaction, reason, Instant.EPOCH, next);
    }
}
