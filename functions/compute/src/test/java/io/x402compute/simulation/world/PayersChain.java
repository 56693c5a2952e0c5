package io.x402compute.simulation.world;

import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.EvmChain;

/**
 * The chain as far as payers' signatures go. All payers are contract wallets, which judge their signatures themselves: histories
 * would otherwise spend most of their time on elliptic curves.
 */
final class PayersChain implements EvmChain {
    /** Not of the length of a plain key's. */
    static final String SIGNATURE = "0x" + "51".repeat(8);
    private static final String ACCEPTED = "0x1626ba7e" + "0".repeat(56);

    private final Weather weather;

    PayersChain(Weather weather) {
        this.weather = weather;
    }

    @Override
    public boolean hasCode(String address) throws ChainUnavailable {
        if (weather.strikes(weather.climate().chain() / 4, "chain unreachable")) {
            throw new ChainUnavailable("no route to host");
        }
        return true;
    }

    @Override
    public CallOutcome call(String to, String data) {
        return new CallOutcome.Returned(data.contains(SIGNATURE.substring(2)) ? ACCEPTED : "0x");
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
    public long transactionCount(String address) {
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
    public List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock) {
        throw notAsked();
    }

    private static IllegalStateException notAsked() {
        return new IllegalStateException("the chain is not asked here");
    }
}
