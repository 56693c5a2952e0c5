package io.x402compute.x402.facilitator;

import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.x402.facilitator.SolanaOutcome.Outcome;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Commitment;
import io.x402compute.x402.solana.SolanaChain.Execution;
import io.x402compute.x402.solana.SolanaTransaction;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * Finds out from the chain what became of a payment on Solana. Its transaction has one id only, which is the fee payer's signature;
 * nobody else can make it.
 */
public final class SolanaTransfers implements TransferLookup {
    private final SolanaChain chain;
    private final Supplier<SolanaWallet> feePayer;
    private final SolanaOutcome outcome;

    /** @param feePayer asked for when it is needed: its key must not live as long as this object */
    public SolanaTransfers(SolanaChain chain, Supplier<SolanaWallet> feePayer) {
        this.chain = chain;
        this.feePayer = feePayer;
        this.outcome = new SolanaOutcome(chain);
    }

    /**
     * Of a payment that no settlement is known of. Without one nothing was sent, so what is not executed can only be if somebody
     * sends it now.
     */
    @Override
    public TransferEvidence find(Payment payment) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Solana signed -> find(signed.payment().transaction());
            case SchemePayload.Upto elsewhere -> new TransferEvidence.Unreadable("signed for an EVM chain");
            case SchemePayload.Permit2 elsewhere -> new TransferEvidence.Unreadable("signed for an EVM chain");
            case SchemePayload.Eip3009 elsewhere -> new TransferEvidence.Unreadable("signed for an EVM chain");
        };
    }

    private TransferEvidence find(SolanaTransaction transaction) {
        SolanaWallet wallet = feePayer.get();
        if (!transaction.message().feePayer().equals(wallet.address())) {
            // We have never paid the fees of it.
            return new TransferEvidence.NotMoved(false);
        }
        String id = transaction.signedBy(wallet).id();
        try {
            Optional<Outcome> seen = outcome.seen(chain.status(id));
            return seen.isPresent()
                    ? evidence(id, seen.get())
                    : new TransferEvidence.NotMoved(isRemembered(transaction.message().blockhash()));
        } catch (NodeUnavailable e) {
            return new TransferEvidence.Unreadable(e.getMessage());
        }
    }

    /** What is too new for one may be known to the other. */
    private boolean isRemembered(String blockhash) throws NodeUnavailable {
        return chain.remembers(blockhash, Commitment.FINALIZED) || chain.remembers(blockhash, Commitment.PROCESSED);
    }

    @Override
    public TransferEvidence find(Payment payment, SettlementHandle handle) {
        if (handle.signedTransaction().isEmpty()) {
            return find(payment);
        }
        try {
            return evidence(handle.transaction(), outcome.of(handle));
        } catch (NodeUnavailable e) {
            return new TransferEvidence.Unreadable(e.getMessage());
        }
    }

    private static TransferEvidence evidence(String id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Executed(Execution execution) -> execution.error().isEmpty()
                    ? new TransferEvidence.Moved(id)
                    : new TransferEvidence.NotMoved(false);
            case Outcome.Expired expired -> new TransferEvidence.NotMoved(false);
            case Outcome.Open open -> new TransferEvidence.NotMoved(true);
        };
    }
}
