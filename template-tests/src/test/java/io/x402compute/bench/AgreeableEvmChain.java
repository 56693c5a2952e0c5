package io.x402compute.bench;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.EvmChain;

/** A chain that answers at once: the token is a contract, payers are not, and every transfer would succeed. */
record AgreeableEvmChain(String token) implements EvmChain {

    @Override
    public boolean hasCode(String address) {
        return address.equalsIgnoreCase(token);
    }

    @Override
    public CallOutcome call(String to, String data) {
        return new CallOutcome.Returned("0x");
    }

    @Override
    public CallOutcome callFrom(String from, ContractCall call) {
        return call(call.to(), call.data());
    }

    @Override
    public CallOutcome callAt(long block, String to, String data) {
        throw notPartOfIt();
    }

    @Override
    public long chainId() {
        throw notPartOfIt();
    }

    @Override
    public Block latestBlock() {
        throw notPartOfIt();
    }

    @Override
    public GasEstimate estimateGas(String from, String to, String data) {
        throw notPartOfIt();
    }

    @Override
    public Fees fees() {
        throw notPartOfIt();
    }

    @Override
    public BigInteger balance(String address) {
        throw notPartOfIt();
    }

    @Override
    public long transactionCount(String address) {
        throw notPartOfIt();
    }

    @Override
    public long minedCount(String address) {
        throw notPartOfIt();
    }

    @Override
    public Broadcast send(String signedTransaction) {
        throw notPartOfIt();
    }

    @Override
    public Optional<Receipt> receipt(String transaction) {
        throw notPartOfIt();
    }

    @Override
    public Optional<ContractCall> transactionCall(String transaction) {
        throw notPartOfIt();
    }

    @Override
    public Optional<Mined> mined(String transaction) {
        throw notPartOfIt();
    }

    @Override
    public List<ContractCall> tracedCalls(String transaction) {
        throw notPartOfIt();
    }

    @Override
    public List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock) {
        throw notPartOfIt();
    }

    private static UnsupportedOperationException notPartOfIt() {
        return new UnsupportedOperationException("verifying does not ask that");
    }
}
