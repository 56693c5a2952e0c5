package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What we ask a node of an EVM chain. Addresses, hashes and data are {@code 0x} and hex; answers are in lower case.
 *
 * <p>Every question may end in {@link ChainUnavailable}, which is never an answer: not even to "has this been mined".
 */
public interface EvmChain {

    long chainId() throws ChainUnavailable;

    Block latestBlock() throws ChainUnavailable;

    /** Does a contract live at this address, or has its key's owner delegated it to one (EIP-7702)? */
    boolean hasCode(String address) throws ChainUnavailable;

    /** Runs a call on the latest state, changing nothing. */
    CallOutcome call(String to, String data) throws ChainUnavailable;

    default CallOutcome call(ContractCall call) throws ChainUnavailable {
        return call(call.to(), call.data());
    }

    /** The same as an account's own call, for a contract that does not obey everybody. */
    CallOutcome callFrom(String from, ContractCall call) throws ChainUnavailable;

    /** Runs a call on the state after that block: a node that lags behind it cannot answer for an older one. */
    CallOutcome callAt(long block, String to, String data) throws ChainUnavailable;

    /** How much gas a transaction of {@code from} would need. */
    GasEstimate estimateGas(String from, String to, String data) throws ChainUnavailable;

    Fees fees() throws ChainUnavailable;

    /** An account's native money, in wei. */
    BigInteger balance(String address) throws ChainUnavailable;

    /** The number of transactions an account has sent, those that wait to be mined included. */
    long transactionCount(String address) throws ChainUnavailable;

    /** The number of transactions of an account that are in blocks, which is the number of the one that is mined next. */
    long minedCount(String address) throws ChainUnavailable;

    /** Hands in a signed transaction. */
    Broadcast send(String signedTransaction) throws ChainUnavailable;

    /** The receipt of a mined transaction; empty while it is not mined. */
    Optional<Receipt> receipt(String transaction) throws ChainUnavailable;

    /** What a mined transaction called; empty where there is no such transaction. */
    Optional<ContractCall> transactionCall(String transaction) throws ChainUnavailable;

    /** A transaction that is in a block; empty while there is none. All that is told of it is of the same block. */
    Optional<Mined> mined(String transaction) throws ChainUnavailable;

    /**
     * All that a mined transaction called, directly or through contracts, and that had its effect. Not every node can
     * tell: one that cannot is {@linkplain ChainUnavailable unavailable}.
     */
    List<ContractCall> tracedCalls(String transaction) throws ChainUnavailable;

    /**
     * A contract's logs, in the order of the chain.
     *
     * @param topics what each topic has to be: any of the values at its place
     * @param fromBlock first block, inclusive
     * @param toBlock last block, inclusive
     */
    List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock) throws ChainUnavailable;

    /** A block's number and its own time, which is the time contracts go by. */
    record Block(long number, Instant time) {}

    /** What a call would do. */
    sealed interface CallOutcome {
        record Returned(String data) implements CallOutcome {}

        /**
         * It would fail.
         *
         * @param why the contract's own text where it gave one
         */
        record Reverted(String why) implements CallOutcome {}
    }

    /** The cost of a transaction in gas. */
    sealed interface GasEstimate {
        record Units(long gas) implements GasEstimate {}

        /** It would fail, whatever it costs. */
        record Reverted(String why) implements GasEstimate {}
    }

    /**
     * Prices of gas, in wei.
     *
     * @param base what the latest block burnt per unit; rises by an eighth per full block
     * @param priority what block builders currently want on top
     */
    record Fees(BigInteger base, BigInteger priority) {}

    /** A node's answer to a signed transaction. */
    sealed interface Broadcast {
        record Accepted() implements Broadcast {}

        /** The very same transaction waits there already. */
        record AlreadyKnown() implements Broadcast {}

        /** A transaction of that number has been mined: this one, or another. */
        record NumberUsed() implements Broadcast {}

        /** Another transaction of that number waits there, and this one does not offer enough more to take its place. */
        record Underpriced() implements Broadcast {}

        record Refused(String why) implements Broadcast {}
    }

    /** What a mined transaction did; nothing but spend its fee unless it succeeded. */
    record Receipt(boolean succeeded, List<Log> logs) {}

    /**
     * A transaction with its block.
     *
     * @param call what it asked of whom
     * @param receipt what came of that
     */
    record Mined(Block block, ContractCall call, Receipt receipt) {}

    /**
     * An event of a contract.
     *
     * @param index its place in the block
     * @param transaction the transaction that caused it
     */
    record Log(String contract, List<String> topics, String data, long index, String transaction) {}
}
