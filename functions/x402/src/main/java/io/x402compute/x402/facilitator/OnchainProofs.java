package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Block;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Mined;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Transactions of an EVM chain as payments: those that call the token itself for one transfer. A transfer that another contract has brought
 * about may be the settlement of something that was signed, under a key that its transaction does not show, so none of those counts.
 */
public final class OnchainProofs implements TransferProofs {
    private static final int PAYER = 1;
    private static final int PAYEE = 2;
    private static final int NONCE = 2;
    private static final int TOPICS = 3;

    private final EvmChain chain;
    private final int confirmations;

    /** @param confirmations how many blocks it takes, its own included, until a transaction counts */
    public OnchainProofs(EvmChain chain, int confirmations) {
        this.chain = chain;
        this.confirmations = confirmations;
    }

    @Override
    public Proof find(TransactionId transaction, PaymentRequirements offer) {
        try {
            // The head first: a transaction that is found after it is at least as deep as it seems.
            Block head = chain.latestBlock();
            return chain.mined(transaction.value()).map(mined -> judge(transaction, mined, head, offer))
                    .orElseGet(Proof.NotFound::new);
        } catch (ChainUnavailable e) {
            return new Proof.Unreadable(e.getMessage());
        }
    }

    private Proof judge(TransactionId transaction, Mined mined, Block head, PaymentRequirements offer) {
        String token = offer.asset();
        if (!mined.call().to().equalsIgnoreCase(token)) {
            return new Proof.Flawed(Flaw.OTHER_TOKEN);
        }
        if (!mined.receipt().succeeded()) {
            return new Proof.Flawed(Flaw.FAILED);
        }
        List<Log> logs = mined.receipt().logs();
        List<Log> transfers = logs.stream().filter(
                log -> Eip3009Token.isAnyTransfer(log, token) && log.topics().size() == TOPICS).toList();
        if (!Eip3009Token.isPlainTransfer(mined.call(), token) || transfers.size() != 1) {
            return new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER);
        }
        Log transfer = transfers.getFirst();
        if (!transfer.topics().get(PAYEE).equals(Eip3009Token.topicOf(offer.payTo()))) {
            return new Proof.Flawed(Flaw.OTHER_RECIPIENT);
        }
        if (head.number() - mined.block().number() + 1 < confirmations) {
            return new Proof.TooRecent();
        }
        PaymentKey key = authorization(logs, offer)
                .orElseGet(() -> PaymentKey.ofTransfer(transaction, logs.indexOf(transfer)));
        return amount(transfer).<Proof>map(amount -> new Proof.Proven(key,
                new Wallet(Eip3009Token.addressIn(transfer.topics().get(PAYER))), amount, mined.block().time()))
                .orElseGet(() -> new Proof.Unreadable("the node's answer is not understood"));
    }

    /** What was signed and settled has the key that it was signed under. */
    private static Optional<PaymentKey> authorization(List<Log> logs, PaymentRequirements offer) {
        return logs.stream().filter(log -> Eip3009Token.isAuthorizationUsed(log, offer.asset())).findFirst()
                .map(used -> PaymentKey.ofAuthorization(offer.network(), offer.asset(),
                        Eip3009Token.addressIn(used.topics().get(PAYER)), used.topics().get(NONCE)));
    }

    private static Optional<Usdc> amount(Log transfer) {
        return Eip3009Token.amount(transfer).filter(amount -> amount.bitLength() < Long.SIZE)
                .map(BigInteger::longValueExact).map(Usdc::new);
    }
}
