package io.x402compute.facilitation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;

/** A token on a chain and an account that settles on it: what was authorized moves once, whoever brings it about. */
final class FakeRail implements Facilitator, TransferLookup {
    /** What goes wrong with the next settlement. */
    enum Trouble {
        /** Sent and not mined. */
        PENDING,
        /** Mined, and nobody says so. */
        SILENT,
        /** Mined, and it failed. */
        REVERTED,
        /** Never mined, for its number was used. */
        OUTNUMBERED
    }

    private final Map<PaymentKey, String> moved = new HashMap<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Optional<Runnable> whileSettling = Optional.empty();
    private boolean reachable = true;
    private boolean isExpired;
    private int broadcasts;
    private long numbers = 7;

    void next(Trouble trouble) {
        troubles.add(trouble);
    }

    void isReachable(boolean now) {
        reachable = now;
    }

    void isExpired(boolean now) {
        isExpired = now;
    }

    /** Happens in the middle of the next settlement. */
    void whileSettling(Runnable event) {
        whileSettling = Optional.of(event);
    }

    /** Anybody may carry an authorization out. */
    void broadcastByStranger(Payment payment) {
        moved.putIfAbsent(payment.key(), "0x" + "99".repeat(32));
    }

    /** How many payments have moved. */
    int transfers() {
        return moved.size();
    }

    /** Transactions that the settling account has paid for. */
    int broadcasts() {
        return broadcasts;
    }

    @Override
    public Verification verify(Payment payment) {
        if (!reachable) {
            return new Verification.Unavailable("no route to host");
        }
        return moved.containsKey(payment.key())
                ? new Verification.Rejected("invalid_exact_evm_nonce_already_used", "")
                : new Verification.Verified(payment.payer());
    }

    @Override
    public Preparation prepare(Payment payment) {
        if (!reachable) {
            return new Preparation.Unavailable("no route to host");
        }
        if (moved.containsKey(payment.key())) {
            return new Preparation.Refused("invalid_exact_evm_nonce_already_used", "");
        }
        long number = numbers++;
        return new Preparation.Prepared(
                new SettlementHandle("0x%064x".formatted(number), "0x02%02x".formatted(number), number));
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        broadcasts++;
        whileSettling.ifPresent(Runnable::run);
        whileSettling = Optional.empty();
        Trouble trouble = troubles.poll();
        if (trouble == null) {
            return arrived(payment, handle);
        }
        return switch (trouble) {
            case PENDING -> new Settlement.Unknown(handle.transaction(), "not mined");
            case SILENT -> {
                moved.putIfAbsent(payment.key(), handle.transaction());
                yield new Settlement.Unknown(handle.transaction(), "timed out");
            }
            case REVERTED -> new Settlement.Refused("invalid_exact_evm_transaction_failed", "", handle.transaction());
            case OUTNUMBERED -> new Settlement.Outnumbered("used");
        };
    }

    private Settlement arrived(Payment payment, SettlementHandle handle) {
        String transaction = moved.putIfAbsent(payment.key(), handle.transaction());
        return transaction == null || transaction.equals(handle.transaction())
                ? new Settlement.Settled(handle.transaction())
                : new Settlement.Refused("invalid_exact_evm_transaction_failed", "", handle.transaction());
    }

    @Override
    public TransferEvidence find(Payment payment) {
        if (!reachable) {
            return new TransferEvidence.Unreadable("no route to host");
        }
        return Optional.ofNullable(moved.get(payment.key())).<TransferEvidence>map(TransferEvidence.Moved::new)
                .orElseGet(() -> new TransferEvidence.NotMoved(!isExpired));
    }
}
