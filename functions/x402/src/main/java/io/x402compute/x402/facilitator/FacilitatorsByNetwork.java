package io.x402compute.x402.facilitator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Reasons;

/** One facilitator for several networks: each payment goes to the one of its offer's. */
public final class FacilitatorsByNetwork implements Facilitator {
    private final Map<Network, Facilitator> facilitators;

    public FacilitatorsByNetwork(Map<Network, Facilitator> facilitators) {
        this.facilitators = Map.copyOf(facilitators);
    }

    @Override
    public Support support(Payment payment) {
        return of(payment).map(facilitator -> facilitator.support(payment))
                .orElseGet(() -> new Support.Unsupported(Reasons.INVALID_NETWORK, elsewhere(payment)));
    }

    @Override
    public Verification verify(Payment payment) {
        return of(payment).map(facilitator -> facilitator.verify(payment))
                .orElseGet(() -> new Verification.Rejected(Reasons.INVALID_NETWORK, elsewhere(payment)));
    }

    @Override
    public Preparation prepare(Payment payment) {
        return of(payment).map(facilitator -> facilitator.prepare(payment))
                .orElseGet(() -> new Preparation.Refused(Reasons.INVALID_NETWORK, elsewhere(payment)));
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return of(payment).map(facilitator -> facilitator.settle(payment, handle, patience))
                .orElseGet(() -> new Settlement.Unknown(handle.transaction(), elsewhere(payment)));
    }

    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        return of(payment).map(facilitator -> facilitator.reprice(payment, handle))
                .orElseGet(() -> new Repricing.Kept(elsewhere(payment)));
    }

    private Optional<Facilitator> of(Payment payment) {
        return Optional.ofNullable(facilitators.get(payment.requirements().network()));
    }

    private static String elsewhere(Payment payment) {
        return "nobody settles on " + payment.requirements().network().caip2();
    }
}
