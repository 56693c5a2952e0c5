package io.x402compute.x402.facilitator;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/** The native money that pays for the transactions of a {@link SolanaFacilitator}. */
public final class SettlingLamports {
    /** Of the payer's signature and of ours. */
    private static final long SIGNATURES = 10_000;

    private final SolanaChain chain;
    private final Supplier<Optional<SolanaWallet>> feePayer;
    private final FeeLimits limits;

    /**
     * @param feePayer asked for when it is needed: its key must not live as long as this object. Empty while it cannot be read
     */
    public SettlingLamports(SolanaChain chain, Supplier<Optional<SolanaWallet>> feePayer, FeeLimits limits) {
        this.chain = chain;
        this.feePayer = feePayer;
        this.limits = limits;
    }

    /**
     * How many more settlements it pays for, each at the most that a payment may cost. Empty while neither it nor the chain can
     * be asked.
     */
    public OptionalLong settlements() {
        Optional<SolanaWallet> wallet = feePayer.get();
        if (wallet.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long lamports = chain.account(wallet.get().address()).map(SolanaChain.Account::lamports).orElse(0L);
            return OptionalLong.of(lamports / (SIGNATURES + limits.lamports()));
        } catch (NodeUnavailable e) {
            return OptionalLong.empty();
        }
    }
}
