package io.x402compute.x402.solana;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.node.NodeUnavailable;

/**
 * What we ask a node of a Solana network. Addresses, blockhashes and transaction ids are base58.
 *
 * <p>Every question may end in {@link NodeUnavailable}, which is never an answer: not even to "has this been executed".
 */
public interface SolanaChain {

    /** How sure the network is of what it answers by: what is finalized stays, what is only processed may not. */
    enum Commitment {
        PROCESSED, CONFIRMED, FINALIZED
    }

    /** A confirmed block's hash, for a transaction to be made now. */
    String latestBlockhash() throws NodeUnavailable;

    Height height(Commitment commitment) throws NodeUnavailable;

    /**
     * Whether a transaction with that blockhash could be in the next block. False before the node has seen that block, and again
     * when it is 150 blocks old.
     */
    boolean remembers(String blockhash, Commitment commitment) throws NodeUnavailable;

    /** What a transaction would do now. Its signatures are not looked at. */
    Simulation simulate(SolanaTransaction transaction) throws NodeUnavailable;

    /** Hands in a signed transaction, without the node's own checks and retries. The network may lose it. */
    Sending send(SolanaTransaction transaction) throws NodeUnavailable;

    /** What became of the transaction of that id, as far back as the node keeps its history. */
    Status status(String transaction) throws NodeUnavailable;

    /** The transaction of that id, as far back as the node keeps its history; empty while it is in no block that is confirmed. */
    Optional<Confirmed> confirmed(String transaction) throws NodeUnavailable;

    /** The account at that address as it is confirmed; empty where there is none. */
    Optional<Account> account(String address) throws NodeUnavailable;

    /**
     * Where the chain is.
     *
     * @param slot the chances of a block so far
     * @param block the blocks so far: what the life of a blockhash is counted in
     */
    record Height(long slot, long block) {}

    /** What a transaction would do. */
    sealed interface Simulation {
        record Succeeds() implements Simulation {}

        /**
         * It would fail, or not be taken at all.
         *
         * @param unknownBlockhash because the node does not know its blockhash: not any more, or not yet
         */
        record Fails(String why, boolean unknownBlockhash) implements Simulation {}
    }

    /** A node's answer to a signed transaction. */
    sealed interface Sending {
        record Accepted() implements Sending {}

        record Refused(String why) implements Sending {}
    }

    /**
     * What a node knows of a transaction.
     *
     * @param asOfSlot how far the node has come that says so
     * @param execution empty while it knows of none
     */
    record Status(long asOfSlot, Optional<Execution> execution) {}

    /**
     * A transaction in a block.
     *
     * @param error why it did nothing but pay its fee; empty when it succeeded
     */
    record Execution(Commitment reached, Optional<String> error) {

        /** Whether it will stay there, as far as anybody waits to know. */
        public boolean isConfirmed() {
            return reached != Commitment.PROCESSED;
        }
    }

    /**
     * A transaction in a block that is confirmed.
     *
     * @param wire as it travels
     * @param time of the block, as validators have voted on it
     * @param error why it did nothing but pay its fee; empty when it succeeded
     */
    record Confirmed(byte[] wire, Instant time, Optional<String> error) {}

    /**
     * An account.
     *
     * @param program that alone may write to it
     */
    record Account(String program, long lamports) {}
}
