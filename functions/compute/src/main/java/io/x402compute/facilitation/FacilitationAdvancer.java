package io.x402compute.facilitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Repricing;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Usdc;

/**
 * Takes a payment of somebody else's forward from whatever state it is in, in the call that presents it and in the scheduled resumer alike.
 * Every step is saved before its outside call. Money moves later only where the asker was told that it may: a payment that cannot be
 * sent now is given up, and can be presented again.
 */
final class FacilitationAdvancer {
    /** Longer than any function runs. */
    static final Duration LEASE = Duration.ofSeconds(90);
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(15);
    /** Kept for writing the outcome down and answering. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    private static final int SENDS_AT_ONE_PRICE = 2;
    private static final String EXPIRED = "payment_expired";

    private final Facilitations rows;
    private final Facilitator facilitator;
    private final TransferLookup transfers;
    private final Clock clock;

    FacilitationAdvancer(Facilitations rows, Facilitator facilitator, TransferLookup transfers, Clock clock) {
        this.rows = rows;
        this.facilitator = facilitator;
        this.transfers = transfers;
        this.clock = clock;
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    /**
     * As far as it goes, by whoever holds its lease.
     *
     * @param hearing the name of the call that waits for the outcome; empty where nobody does
     */
    Facilitation advance(Facilitation held, Optional<String> hearing, Instant deadline) {
        return switch (held.state()) {
            case OPEN -> hearing.isPresent()
                    ? prepare(held, hearing, deadline)
                    : save(held.abandoned(Reasons.UNEXPECTED_SETTLE_ERROR));
            case SENT -> resolve(held, hearing, deadline);
            case SETTLED, REFUSED -> held;
        };
    }

    /** The next state, or what somebody else has made of it. */
    Facilitation save(Facilitation next) {
        return rows.save(next) ? next : rows.find(next.key()).orElseThrow();
    }

    private Facilitation prepare(Facilitation open, Optional<String> hearing, Instant deadline) {
        return switch (facilitator.prepare(open.payment())) {
            case Preparation.Prepared(SettlementHandle handle) -> send(open.sent(handle, leaseEnd()), hearing,
                    deadline);
            case Preparation.Refused(String reason, String message) -> switch (transfers.find(open.payment())) {
                // Somebody was quicker since it was verified.
                case TransferEvidence.Moved(String transaction, Optional<Usdc> _) ->
                    save(open.settled(transaction, hearing));
                case TransferEvidence.NotMoved notMoved -> save(open.abandoned(reason));
                case TransferEvidence.Unreadable unreadable -> save(open.abandoned(reason));
            };
            case Preparation.Unavailable(String why) -> save(open.abandoned(Reasons.UNEXPECTED_SETTLE_ERROR));
        };
    }

    /** @param next not saved yet */
    private Facilitation send(Facilitation next, Optional<String> hearing, Instant deadline) {
        return rows.save(next) ? sendAgain(next, hearing, deadline) : rows.find(next.key()).orElseThrow();
    }

    private Facilitation sendAgain(Facilitation sent, Optional<String> hearing, Instant deadline) {
        SettlementHandle handle = sent.handle().orElseThrow();
        return switch (facilitator.settle(sent.payment(), handle, patience(deadline))) {
            case Settlement.Settled(String transaction, Optional<Usdc> _) -> save(sent.settled(transaction, hearing));
            case Settlement.Unknown(String transaction, String why) -> save(sent.unknown(transaction, soon()));
            case Settlement.Refused(String reason, String message, String transaction) ->
                switch (transfers.find(sent.payment(), handle)) {
                    case TransferEvidence.Moved(String other, Optional<Usdc> _) -> save(sent.settled(other, hearing));
                    case TransferEvidence.NotMoved notMoved -> save(sent.refused(reason, transaction));
                    case TransferEvidence.Unreadable unreadable -> save(sent.unknown(transaction, soon()));
                };
            case Settlement.Outnumbered(String why) -> switch (transfers.find(sent.payment(), handle)) {
                case TransferEvidence.Moved(String other, Optional<Usdc> _) -> save(sent.settled(other, hearing));
                case TransferEvidence.NotMoved notMoved -> save(sent.abandoned(Reasons.UNEXPECTED_SETTLE_ERROR));
                case TransferEvidence.Unreadable unreadable -> save(sent.unknown("", soon()));
            };
        };
    }

    private Facilitation resolve(Facilitation sent, Optional<String> hearing, Instant deadline) {
        Payment payment = sent.payment();
        SettlementHandle handle = sent.handle().orElseThrow();
        return switch (transfers.find(payment, handle)) {
            case TransferEvidence.Moved(String transaction, Optional<Usdc> _) ->
                save(sent.settled(transaction, hearing));
            case TransferEvidence.NotMoved(boolean stillPossible) when !stillPossible -> save(
                    sent.refused(EXPIRED, sent.transaction()));
            case TransferEvidence.NotMoved notMoved when sent.tries() < SENDS_AT_ONE_PRICE -> sendAgain(sent, hearing,
                    deadline);
            case TransferEvidence.NotMoved notMoved -> switch (facilitator.reprice(payment, handle)) {
                case Repricing.Repriced(SettlementHandle dearer) -> send(sent.sent(dearer, leaseEnd()), hearing,
                        deadline);
                case Repricing.Kept(String why) -> sendAgain(sent, hearing, deadline);
            };
            case TransferEvidence.Unreadable(String why) -> save(sent.released(soon()));
        };
    }

    private Instant soon() {
        return clock.instant().plus(LOOK_AGAIN);
    }

    private Duration patience(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline).minus(TO_ANSWER);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(SETTLE_PATIENCE) < 0 ? left : SETTLE_PATIENCE;
    }
}
