package io.x402compute.handler;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.EvmChain;

/** A chain that cannot be asked, for a function that is rehearsed. */
final class NoChain implements EvmChain {

    @Override
    public boolean hasCode(String address) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public long chainId() throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Block latestBlock() throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public CallOutcome call(String to, String data) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public CallOutcome callFrom(String from, ContractCall call) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public CallOutcome callAt(long block, String to, String data) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public GasEstimate estimateGas(String from, String to, String data) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Fees fees() throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public BigInteger balance(String address) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public long transactionCount(String address) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public long minedCount(String address) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Broadcast send(String signedTransaction) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Optional<Receipt> receipt(String transaction) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Optional<ContractCall> transactionCall(String transaction) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public Optional<Mined> mined(String transaction) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public List<ContractCall> tracedCalls(String transaction) throws ChainUnavailable {
        throw notAsked();
    }

    @Override
    public List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock)
            throws ChainUnavailable {
        throw notAsked();
    }

    private static ChainUnavailable notAsked() {
        return new ChainUnavailable("rehearsal");
    }
}
