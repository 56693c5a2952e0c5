package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.facilitator.SolanaOutcome.Outcome;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.solana.ExactSvmReason;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Execution;
import io.x402compute.x402.solana.SolanaTransaction;

/**
 * Hands a prepared transaction in, over and over, and watches for what becomes of it. The network drops transactions when it is
 * busy and keeps no queue of them, so nobody but us sends it again; the same bytes are executed once, however often they are sent.
 */
final class SolanaBroadcast {
    /** A slot: each has a leader of its own, who may take what the one before was too busy for. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final SolanaChain chain;
    private final SolanaOutcome outcome;
    private final Clock clock;
    private final Pause pause;

    SolanaBroadcast(SolanaChain chain, Clock clock, Pause pause) {
        this.chain = chain;
        this.outcome = new SolanaOutcome(chain);
        this.clock = clock;
        this.pause = pause;
    }

    Settlement settle(SettlementHandle handle, Duration patience) {
        Optional<SolanaTransaction> transaction = transaction(handle);
        if (transaction.isEmpty()) {
            return new Settlement.Unknown(handle.transaction(), "prepared for another facilitator");
        }
        Instant end = clock.instant().plus(patience);
        String why = "";
        for (int look = 0;; look++) {
            try {
                why = send(transaction.get());
                Optional<Settlement> found = look == 0 ? look(handle) : glance(handle);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (NodeUnavailable e) {
                // The question may have arrived and only the answer been lost.
                why = e.getMessage();
            }
            if (!clock.instant().plus(BETWEEN_LOOKS).isBefore(end)) {
                return new Settlement.Unknown(handle.transaction(), why);
            }
            try {
                pause.until(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Settlement.Unknown(handle.transaction(), "interrupted");
            }
        }
    }

    private static Optional<SolanaTransaction> transaction(SettlementHandle handle) {
        if (handle.signedTransaction().isEmpty()) {
            return Optional.empty();
        }
        return switch (SolanaTransaction.decode(Hex.bytes(handle.signedTransaction()))) {
            case SolanaTransaction.Decoding.Decoded(SolanaTransaction transaction) -> Optional.of(transaction);
            case SolanaTransaction.Decoding.Undecodable undecodable -> Optional.empty();
        };
    }

    /** Only a block decides: a node may refuse what it has passed on before, and take what is never executed. */
    private String send(SolanaTransaction transaction) throws NodeUnavailable {
        return switch (chain.send(transaction)) {
            case SolanaChain.Sending.Accepted accepted -> "not confirmed yet";
            case SolanaChain.Sending.Refused(String why) -> why;
        };
    }

    private Optional<Settlement> look(SettlementHandle handle) throws NodeUnavailable {
        return settlement(handle, outcome.of(handle));
    }

    /** Costs one question; that the time is over shows in the next full look. */
    private Optional<Settlement> glance(SettlementHandle handle) throws NodeUnavailable {
        return outcome.seen(chain.status(handle.transaction())).flatMap(seen -> settlement(handle, seen));
    }

    private static Optional<Settlement> settlement(SettlementHandle handle, Outcome outcome) {
        String id = handle.transaction();
        return switch (outcome) {
            case Outcome.Executed(Execution execution) -> Optional.of(execution.error()
                    .<Settlement>map(error -> new Settlement.Refused(ExactSvmReason.TRANSACTION_FAILED, error, id))
                    .orElseGet(() -> new Settlement.Settled(id)));
            case Outcome.Expired expired -> Optional.of(new Settlement.Refused(ExactSvmReason.EXPIRED,
                    "not executed before its blockhash was forgotten", id));
            case Outcome.Open open -> Optional.empty();
        };
    }
}
