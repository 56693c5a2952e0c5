package io.x402compute.order;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.Remedy;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Repricing;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/**
 * Gives back what was paid for something that will not be delivered: on the chain where the operator has a refund wallet and it was
 * paid there, otherwise as credit. Which of the two is saved before either begins. It changes from credit never, for that may have
 * been entered; to credit only while nothing is signed, or on the chain's proof that what is signed can move nothing any more.
 *
 * <p>A refund is a payment in the other direction. It counts as done when the token says so, whoever says otherwise.
 */
final class GivingBack {
    /** Long enough for a busy chain, short enough to be signed anew on the same day. */
    private static final Duration VALIDITY = Duration.ofMinutes(15);
    /** For reading the chain and preparing; a request with less time left leaves the rest to the resumer. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(5);

    private final Credits credits;
    private final Optional<RefundWallet> wallet;
    private final Facilitator facilitator;
    private final TransferLookup transfers;
    private final OrderTurn turn;
    private final Clock clock;

    /** @param wallet where the operator has one */
    GivingBack(Credits credits, Optional<RefundWallet> wallet, Facilitator facilitator, TransferLookup transfers,
            OrderTurn turn, Clock clock) {
        this.credits = credits;
        this.wallet = wallet;
        this.facilitator = facilitator;
        this.transfers = transfers;
        this.turn = turn;
        this.clock = clock;
    }

    /** How an order that was paid is given back as things are configured now. The refund wallet is one of EVM chains. */
    Remedy remedy(Claim paid) {
        boolean refundable = paid.terms().filter(terms -> terms.network().isEvm()).isPresent();
        return wallet.isPresent() && refundable ? Remedy.REFUND : Remedy.CREDIT;
    }

    /** Whether the next try is not due yet: what was refused does not go through the sooner for being asked about. */
    boolean pauses(Claim owed) {
        return owed.refund().filter(refund -> !refund.trouble().isEmpty()).isPresent()
                && owed.attendAt().filter(clock.instant()::isBefore).isPresent();
    }

    /** Goes on giving back, for an order that is owed back and whose lease the caller holds. */
    Claim advance(Claim owed, Instant deadline) {
        if (owed.refund().isEmpty()) {
            return credit(owed);
        }
        if (turn.patience(deadline).compareTo(TO_BEGIN) < 0) {
            return turn.save(owed.released(turn.soon()));
        }
        return owed.refund().flatMap(refund -> refund.transfer())
                .map(transfer -> resolve(owed, transfer, deadline))
                .orElseGet(() -> sign(owed, deadline));
    }

    private Claim credit(Claim due) {
        Instant now = clock.instant();
        credits.give(due.payer(), due.amount(), due.order().orderId(), due.reason(), now);
        return turn.save(due.credited(now));
    }

    /** For an order of which nothing is signed, or only what is proven to be dead. */
    private Claim creditInstead(Claim owed) {
        Claim due = owed.creditDue();
        return turn.saved(due) ? credit(due) : turn.current(owed);
    }

    private Claim sign(Claim owed, Instant deadline) {
        if (wallet.isEmpty()) {
            return creditInstead(owed);
        }
        Optional<EvmWallet> key = wallet.get().open();
        if (key.isEmpty()) {
            return turn.save(owed.refundUnsigned("refund_wallet_unavailable", turn.afterPause(owed)));
        }
        Payment transfer = owed.refundTerms().signedBy(key.get(), clock.instant().plus(VALIDITY).getEpochSecond());
        Claim refunding = owed.refunding(transfer, turn.leaseEnd());
        return turn.saved(refunding) ? prepare(refunding, transfer, deadline) : turn.current(owed);
    }

    private Claim resolve(Claim refunding, Payment transfer, Instant deadline) {
        return switch (transfers.find(transfer)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> _) ->
                turn.save(refunding.refunded(transaction, clock.instant()));
            case TransferEvidence.NotMoved(boolean stillPossible) -> stillPossible
                    ? refunding.refund().flatMap(refund -> refund.handle())
                            .map(handle -> sendAgain(refunding, transfer, handle, deadline))
                            .orElseGet(() -> prepare(refunding, transfer, deadline))
                    : sign(refunding, deadline);
            case TransferEvidence.Unreadable(String why) -> turn.save(refunding.released(turn.soon()));
        };
    }

    private Claim prepare(Claim refunding, Payment transfer, Instant deadline) {
        return switch (facilitator.prepare(transfer)) {
            case Preparation.Prepared(SettlementHandle handle) -> send(refunding, transfer, handle, deadline);
            case Preparation.Refused(String reason, String message) -> judge(refunding, transfer, reason);
            case Preparation.Unavailable(String why) -> turn.save(refunding.released(turn.soon()));
        };
    }

    private Claim sendAgain(Claim refunding, Payment transfer, SettlementHandle handle, Instant deadline) {
        if (refunding.tries() < OrderAdvancer.SENDS_AT_ONE_PRICE) {
            return settle(refunding, transfer, handle, deadline);
        }
        return switch (facilitator.reprice(transfer, handle)) {
            case Repricing.Repriced(SettlementHandle dearer) -> send(refunding, transfer, dearer, deadline);
            case Repricing.Kept(String why) -> settle(refunding, transfer, handle, deadline);
        };
    }

    private Claim send(Claim refunding, Payment transfer, SettlementHandle handle, Instant deadline) {
        Claim sent = refunding.refundSent(handle, turn.leaseEnd());
        return turn.saved(sent) ? settle(sent, transfer, handle, deadline) : turn.current(refunding);
    }

    private Claim settle(Claim sent, Payment transfer, SettlementHandle handle, Instant deadline) {
        return switch (facilitator.settle(transfer, handle, turn.patience(deadline))) {
            case Settlement.Settled(String transaction, Optional<Usdc> _) -> confirm(sent, transfer, transaction);
            case Settlement.Refused(String reason, String message, String transaction) ->
                judge(sent, transfer, reason);
            case Settlement.Unknown(String transaction, String why) ->
                turn.save(sent.refundUnknown(transaction, turn.soon()));
            case Settlement.Outnumbered(String why) -> judge(sent, transfer, "outnumbered");
        };
    }

    private Claim confirm(Claim sent, Payment transfer, String transaction) {
        return switch (transfers.find(transfer)) {
            case TransferEvidence.Moved(String proven, Optional<Usdc> _) ->
                turn.save(sent.refunded(proven, clock.instant()));
            case TransferEvidence.NotMoved notMoved -> turn.save(sent.refundUnknown(transaction, turn.soon()));
            case TransferEvidence.Unreadable(String why) -> turn.save(sent.refundUnknown(transaction, turn.soon()));
        };
    }

    /** It was refused: an empty refund wallet is filled some day, so it stays open, and is tried less and less often. */
    private Claim judge(Claim refunding, Payment transfer, String reason) {
        return switch (transfers.find(transfer)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> _) ->
                turn.save(refunding.refunded(transaction, clock.instant()));
            // What has not run out and is dead all the same was cancelled: under this nonce nothing will ever move.
            case TransferEvidence.NotMoved(boolean stillPossible) -> stillPossible || hasRunOut(transfer)
                    ? turn.save(refunding.refundHeld(reason, turn.afterPause(refunding)))
                    : creditInstead(refunding);
            case TransferEvidence.Unreadable(String why) -> turn.save(refunding.refundUnknown("", turn.soon()));
        };
    }

    private boolean hasRunOut(Payment transfer) {
        return switch (transfer.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization signed, String signature) -> signed.validBefore()
                    .compareTo(BigInteger.valueOf(clock.instant().getEpochSecond())) <= 0;
            case SchemePayload.Permit2 other -> throw new IllegalStateException("refunds are paid by EIP-3009");
            case SchemePayload.Upto _ -> throw new IllegalStateException("refunds are paid by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new IllegalStateException("refunds are paid on EVM chains");
        };
    }
}
