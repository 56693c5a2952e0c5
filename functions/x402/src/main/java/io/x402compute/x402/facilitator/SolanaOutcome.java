package io.x402compute.x402.facilitator;

import java.util.Optional;

import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Commitment;
import io.x402compute.x402.solana.SolanaChain.Execution;
import io.x402compute.x402.solana.SolanaChain.Height;
import io.x402compute.x402.solana.SolanaChain.Status;

/** What has become of a transaction that was signed, as far as the chain can prove it. */
final class SolanaOutcome {
    /** About a day and a half of blocks: nodes keep the history of transactions for about two. */
    private static final long HISTORY = 300_000;

    /** Blocks for which the chain remembers a blockhash. */
    private static final long BLOCKHASH_LIFE = 150;
    /** What a node may be behind another and still call itself healthy, generously. */
    private static final long NODES_APART = 150;

    private final SolanaChain chain;

    SolanaOutcome(SolanaChain chain) {
        this.chain = chain;
    }

    /** The last block that a transaction can be in, given that its blockhash was known to a node before another was this high. */
    static long lastBlock(Height seen) {
        return seen.block() + NODES_APART + BLOCKHASH_LIFE;
    }

    sealed interface Outcome {
        /** It is in a block that is confirmed, whether it succeeded or not. Nothing executes it again. */
        record Executed(Execution execution) implements Outcome {}

        /** It is in no block, and never will be. */
        record Expired() implements Outcome {}

        record Open() implements Outcome {}
    }

    /**
     * A transaction can only be in a block as long as its blockhash is remembered. So when the blocks in which that could be are
     * finalized, and a node that has come as far knows of none with this transaction, there is none.
     *
     * @throws NodeUnavailable also when the node does not prove it one way or the other
     */
    Outcome of(SettlementHandle handle) throws NodeUnavailable {
        Optional<Outcome> seen = seen(chain.status(handle.transaction()));
        if (seen.isPresent()) {
            return seen.get();
        }
        Height finalized = chain.height(Commitment.FINALIZED);
        return finalized.block() <= handle.signerNonce() ? new Outcome.Open() : ofClosed(handle, finalized);
    }

    /** The outcome, if the transaction is in a block; empty while the node knows of none. */
    Optional<Outcome> seen(Status status) {
        return status.execution().map(execution -> execution.isConfirmed()
                ? new Outcome.Executed(execution)
                : new Outcome.Open());
    }

    /** Once more, for it may have been executed between the two questions. */
    private Outcome ofClosed(SettlementHandle handle, Height finalized) throws NodeUnavailable {
        Status status = chain.status(handle.transaction());
        Optional<Outcome> seen = seen(status);
        if (seen.isPresent()) {
            return seen.get();
        }
        if (status.asOfSlot() < finalized.slot()) {
            throw new NodeUnavailable("the node is behind another");
        }
        if (finalized.block() - handle.signerNonce() > HISTORY) {
            throw new NodeUnavailable("too long ago for the node to know");
        }
        return new Outcome.Expired();
    }
}
