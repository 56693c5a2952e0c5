package io.x402compute.bench;

import java.util.Optional;

import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaTransaction;

/** A chain that answers at once: every account is open, and every transaction would succeed. */
record AgreeableSolanaChain(String tokenProgram) implements SolanaChain {
    private static final long RENT = 2_039_280;

    @Override
    public Simulation simulate(SolanaTransaction transaction) {
        return new Simulation.Succeeds();
    }

    @Override
    public Optional<Account> account(String address) {
        return Optional.of(new Account(tokenProgram, RENT));
    }

    @Override
    public String latestBlockhash() {
        throw notPartOfIt();
    }

    @Override
    public Height height(Commitment commitment) {
        throw notPartOfIt();
    }

    @Override
    public boolean remembers(String blockhash, Commitment commitment) {
        throw notPartOfIt();
    }

    @Override
    public Sending send(SolanaTransaction transaction) {
        throw notPartOfIt();
    }

    @Override
    public Status status(String transaction) {
        throw notPartOfIt();
    }

    @Override
    public Optional<Confirmed> confirmed(String transaction) {
        throw notPartOfIt();
    }

    private static UnsupportedOperationException notPartOfIt() {
        return new UnsupportedOperationException("verifying does not ask that");
    }
}
