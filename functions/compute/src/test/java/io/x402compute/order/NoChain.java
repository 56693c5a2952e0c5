package io.x402compute.order;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.EvmChain;

/** A chain on which nobody has code and nothing else is ever asked. */
public class NoChain implements EvmChain {

    @Override
    public boolean hasCode(String address) throws ChainUnavailable {
        return false;
    }

    @Override
    public long chainId() {
        throw notAsked();
    }

    @Override
    public Block latestBlock() {
        throw notAsked();
    }

    @Override
    public CallOutcome call(String to, String data) {
        throw notAsked();
    }

    @Override
    public CallOutcome callFrom(String from, ContractCall call) {
        throw notAsked();
    }

    @Override
    public CallOutcome callAt(long block, String to, String data) {
        throw notAsked();
    }

    @Override
    public GasEstimate estimateGas(String from, String to, String data) {
        throw notAsked();
    }

    @Override
    public Fees fees() {
        throw notAsked();
    }

    @Override
    public BigInteger balance(String address) {
        throw notAsked();
    }

    @Override
    public long transactionCount(String address) {
        throw notAsked();
    }

    @Override
    public long minedCount(String address) {
        throw notAsked();
    }

    @Override
    public Broadcast send(String signedTransaction) {
        throw notAsked();
    }

    @Override
    public Optional<Receipt> receipt(String transaction) {
        throw notAsked();
    }

    @Override
    public Optional<ContractCall> transactionCall(String transaction) {
        throw notAsked();
    }

    @Override
    public Optional<Mined> mined(String transaction) {
        throw notAsked();
    }

    @Override
    public List<ContractCall> tracedCalls(String transaction) {
        throw notAsked();
    }

    @Override
    public List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock) {
        throw notAsked();
    }

    private static IllegalStateException notAsked() {
        return new IllegalStateException("the chain is not asked here");
    }
}
