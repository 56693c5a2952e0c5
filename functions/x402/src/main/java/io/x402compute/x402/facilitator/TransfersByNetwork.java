package io.x402compute.x402.facilitator;

import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;

/** Reads several chains: each payment is looked for on the one of its offer's. */
public final class TransfersByNetwork implements TransferLookup {
    private final Map<Network, TransferLookup> lookups;

    public TransfersByNetwork(Map<Network, TransferLookup> lookups) {
        this.lookups = Map.copyOf(lookups);
    }

    @Override
    public TransferEvidence find(Payment payment) {
        return on(payment.requirements().network()).map(lookup -> lookup.find(payment)).orElseGet(() -> dark(payment));
    }

    @Override
    public TransferEvidence find(Payment payment, SettlementHandle handle) {
        return on(payment.requirements().network()).map(lookup -> lookup.find(payment, handle))
                .orElseGet(() -> dark(payment));
    }

    private Optional<TransferLookup> on(Network network) {
        return Optional.ofNullable(lookups.get(network));
    }

    private static TransferEvidence dark(Payment payment) {
        return new TransferEvidence.Unreadable("nobody reads " + payment.requirements().network().caip2());
    }
}
