package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

import io.x402compute.x402.facilitator.SolanaTerms.Judgement;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.solana.ExactSvmReason;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Commitment;
import io.x402compute.x402.solana.SolanaChain.Simulation;
import io.x402compute.x402.solana.SolanaTransaction;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.SvmRefusal;
import io.x402compute.x402.solana.TransferTransaction;

/**
 * Our own facilitator on Solana: pays the fees of transactions that payers have signed, and has no other part in them. Without its
 * signature nobody can send them.
 */
public final class SolanaFacilitator implements Facilitator {
    /** A client's blockhash may come from a node that is ahead of ours. */
    private static final int LOOKS_FOR_BLOCKHASH = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final SolanaChain chain;
    private final Supplier<SolanaWallet> feePayer;
    private final Network network;
    private final Pause pause;
    private final SolanaTerms terms;
    private final ReceivingAccounts receivers;
    private final SolanaBroadcast broadcast;

    /**
     * @param feePayer the account that pays the fees, asked for when it is needed: its key must not live as long as this object
     * @param network the only network whose payments are taken
     * @param limits to what a payment may cost that account
     * @param owners receivers whose token accounts are opened at its expense where they do not exist: ourselves
     */
    public SolanaFacilitator(SolanaChain chain, Supplier<SolanaWallet> feePayer, Network network, FeeLimits limits,
            Set<String> owners, Clock clock) {
        this(chain, feePayer, network, limits, owners, clock, Thread::sleep);
    }

    SolanaFacilitator(SolanaChain chain, Supplier<SolanaWallet> feePayer, Network network, FeeLimits limits,
            Set<String> owners, Clock clock, Pause pause) {
        this.chain = chain;
        this.feePayer = feePayer;
        this.network = network;
        this.pause = pause;
        this.terms = new SolanaTerms(limits);
        this.broadcast = new SolanaBroadcast(chain, clock, pause);
        this.receivers = new ReceivingAccounts(chain, broadcast, owners);
    }

    @Override
    public Support support(Payment payment) {
        return Support.ofExactOn(network, payment);
    }

    @Override
    public Verification verify(Payment payment) {
        SolanaWallet wallet = feePayer.get();
        return switch (judge(payment, wallet)) {
            case Judgement.Broken(SvmRefusal refusal) -> Verification.Rejected.of(refusal);
            case Judgement.Holds(TransferTransaction signed) -> verifyOnChain(payment, signed, wallet);
        };
    }

    private Verification verifyOnChain(Payment payment, TransferTransaction signed, SolanaWallet wallet) {
        try {
            receivers.ensure(signed.transfer(), payment.requirements().payTo(), wallet);
            return switch (simulate(signed.transaction())) {
                case Simulation.Succeeds succeeds -> new Verification.Verified(payment.payer());
                case Simulation.Fails(String why, boolean unknownBlockhash) ->
                    new Verification.Rejected(ExactSvmReason.SIMULATION_FAILED, why);
            };
        } catch (NodeUnavailable e) {
            return new Verification.Unavailable(e.getMessage());
        }
    }

    /** Signs as the fee payer. The same payment is always prepared to the same transaction, so it can be executed once. */
    @Override
    public Preparation prepare(Payment payment) {
        SolanaWallet wallet = feePayer.get();
        return switch (judge(payment, wallet)) {
            case Judgement.Broken(SvmRefusal refusal) ->
                new Preparation.Refused(refusal.reason(), refusal.message());
            case Judgement.Holds(TransferTransaction payers) -> prepared(payers.transaction().signedBy(wallet));
        };
    }

    private Preparation prepared(SolanaTransaction signed) {
        try {
            // A transaction that fails costs its fee all the same.
            return switch (simulate(signed)) {
                case Simulation.Fails(String why, boolean unknownBlockhash) ->
                    new Preparation.Refused(ExactSvmReason.SIMULATION_FAILED, why);
                case Simulation.Succeeds succeeds -> {
                    // Asked after a node was seen to know the blockhash, so that it cannot be older than this.
                    long lastBlock = SolanaOutcome.lastBlock(chain.height(Commitment.PROCESSED));
                    yield new Preparation.Prepared(SettlementHandle.of(signed, lastBlock));
                }
            };
        } catch (NodeUnavailable e) {
            return new Preparation.Unavailable(e.getMessage());
        }
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return broadcast.settle(handle, patience);
    }

    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        return new Repricing.Kept("the payer has signed its price");
    }

    private Simulation simulate(SolanaTransaction transaction) throws NodeUnavailable {
        Simulation outcome = chain.simulate(transaction);
        for (int looks = 1; looks < LOOKS_FOR_BLOCKHASH && lacksBlockhash(outcome); looks++) {
            pause();
            outcome = chain.simulate(transaction);
        }
        return outcome;
    }

    private static boolean lacksBlockhash(Simulation outcome) {
        return outcome instanceof Simulation.Fails failed && failed.unknownBlockhash();
    }

    private void pause() throws NodeUnavailable {
        try {
            pause.until(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailable("interrupted");
        }
    }

    private Judgement judge(Payment payment, SolanaWallet wallet) {
        return payment.requirements().network().equals(network)
                ? terms.judge(payment, wallet.address()::equals)
                : new Judgement.Broken(new SvmRefusal(ExactSvmReason.NETWORK_MISMATCH, "only " + network.caip2()));
    }
}
