package io.x402compute.x402.facilitator;

import java.util.Map;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.TransactionId;

/** Reads several chains: each transaction is looked for on its own. */
public final class ProofsByNetwork implements TransferProofs {
    private final Map<Network, TransferProofs> proofs;

    public ProofsByNetwork(Map<Network, TransferProofs> proofs) {
        this.proofs = Map.copyOf(proofs);
    }

    @Override
    public Proof find(TransactionId transaction, PaymentRequirements offer) {
        TransferProofs here = proofs.get(transaction.network());
        return here == null
                ? new Proof.Unreadable("nobody reads " + transaction.network().caip2())
                : here.find(transaction, offer);
    }
}
