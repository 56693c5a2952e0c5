package io.x402compute.x402.facilitator;

import java.util.List;
import java.util.Optional;

import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Confirmed;
import io.x402compute.x402.solana.SolanaTransaction;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;

/**
 * Transactions of a Solana network as payments: those with one {@code TransferChecked} to the payee. What was signed for us and then settled
 * has the same message, and so the same key.
 */
public final class SolanaProofs implements TransferProofs {
    private final SolanaChain chain;

    public SolanaProofs(SolanaChain chain) {
        this.chain = chain;
    }

    @Override
    public Proof find(TransactionId transaction, PaymentRequirements offer) {
        try {
            Optional<Confirmed> confirmed = chain.confirmed(transaction.value());
            return confirmed.isPresent() ? judge(confirmed.get(), transaction, offer) : unconfirmed(transaction);
        } catch (NodeUnavailable e) {
            return new Proof.Unreadable(e.getMessage());
        }
    }

    private Proof unconfirmed(TransactionId transaction) throws NodeUnavailable {
        return chain.status(transaction.value()).execution().isPresent()
                ? new Proof.TooRecent()
                : new Proof.NotFound();
    }

    private static Proof judge(Confirmed confirmed, TransactionId name, PaymentRequirements offer) {
        return switch (SolanaTransaction.decode(confirmed.wire())) {
            case SolanaTransaction.Decoding.Undecodable(String why) -> new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER);
            case SolanaTransaction.Decoding.Decoded(SolanaTransaction transaction) -> {
                if (!transaction.id().equals(name.value())) {
                    yield new Proof.Unreadable("the node tells of another transaction");
                }
                yield confirmed.error().isPresent()
                        ? new Proof.Flawed(Flaw.FAILED)
                        : judge(confirmed, transaction, offer);
            }
        };
    }

    private static Proof judge(Confirmed confirmed, SolanaTransaction transaction, PaymentRequirements offer) {
        List<TokenTransfer> transfers = TokenTransfer.allIn(transaction.message());
        List<TokenTransfer> ours = transfers.stream().filter(transfer -> isMadeOutTo(offer, transfer)).toList();
        if (ours.size() == 1) {
            return proven(confirmed, transaction, ours.getFirst(), offer);
        }
        if (transfers.isEmpty() || !ours.isEmpty()) {
            return new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER);
        }
        return new Proof.Flawed(transfers.stream().anyMatch(transfer -> transfer.mint().equals(offer.asset()))
                ? Flaw.OTHER_RECIPIENT
                : Flaw.OTHER_TOKEN);
    }

    private static boolean isMadeOutTo(PaymentRequirements offer, TokenTransfer transfer) {
        return transfer.mint().equals(offer.asset()) && transfer.destination()
                .equals(TokenAccounts.of(offer.payTo(), offer.asset(), transfer.program()));
    }

    private static Proof proven(Confirmed confirmed, SolanaTransaction transaction, TokenTransfer transfer,
            PaymentRequirements offer) {
        return transfer.amount().bitLength() < Long.SIZE
                ? new Proof.Proven(PaymentKey.ofMessage(offer.network(), transaction.messageHash()),
                        new Wallet(transfer.authority()), new Usdc(transfer.amount().longValueExact()),
                        confirmed.time())
                : new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER);
    }
}
