package io.x402compute.order;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.x402compute.x402.facilitator.TransferProofs;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** A chain in memory on which wallets transfer by themselves. */
public final class FakeProofs implements TransferProofs {
    private final Clock clock;
    private final Map<TransactionId, Proof> transactions = new HashMap<>();
    private final Set<TransactionId> recent = new HashSet<>();
    private boolean unreachable;

    public FakeProofs(Clock clock) {
        this.clock = clock;
    }

    /** A wallet sends that much to us. */
    public TransactionId pays(Wallet payer, Usdc amount) {
        TransactionId transaction = next();
        transactions.put(transaction,
                new Proof.Proven(PaymentKey.ofTransfer(transaction, 0), payer, amount, clock.instant()));
        return transaction;
    }

    /** What was signed is settled. */
    TransactionId settles(PaymentKey key, Wallet payer, Usdc amount) {
        TransactionId transaction = next();
        transactions.put(transaction, new Proof.Proven(key, payer, amount, clock.instant()));
        return transaction;
    }

    TransactionId flawed(Flaw flaw) {
        TransactionId transaction = next();
        transactions.put(transaction, new Proof.Flawed(flaw));
        return transaction;
    }

    TransactionId unseen() {
        return next();
    }

    void isRecent(TransactionId transaction, boolean now) {
        if (now) {
            recent.add(transaction);
        } else {
            recent.remove(transaction);
        }
    }

    void setUnreachable(boolean now) {
        unreachable = now;
    }

    private TransactionId next() {
        String hash = String.format(Locale.ROOT, "0x%064x", transactions.size() + 1);
        return TransactionId.of(Network.BASE, hash).orElseThrow();
    }

    @Override
    public Proof find(TransactionId transaction, PaymentRequirements offer) {
        if (unreachable) {
            return new Proof.Unreadable("the node did not answer");
        }
        return recent.contains(transaction)
                ? new Proof.TooRecent()
                : transactions.getOrDefault(transaction, new Proof.NotFound());
    }
}
