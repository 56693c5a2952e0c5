package io.x402compute.order;

import java.util.Optional;

import io.x402compute.payment.Claim;

/**
 * Who delivers which kind of order. A function that only sells time needs no provider, so it has no fulfilment of machines, and
 * no order of that kind can come to it: another route's payment is another request.
 *
 * @param machines delivers machines, where this function does
 * @param time delivers more time, where this function does
 * @param topUps delivers credit
 */
public record Deliveries(Optional<Fulfilment> machines, Optional<Fulfilment> time, Fulfilment topUps) {

    boolean reserve(Claim claim) {
        return of(claim).reserve(claim);
    }

    Delivery deliver(Claim settled, Errand errand) {
        return of(settled).deliver(settled, errand);
    }

    private Fulfilment of(Claim claim) {
        return switch (OrderKind.of(claim)) {
            case PROVISION -> machines.orElseThrow();
            case EXTEND -> time.orElseThrow();
            case TOPUP -> topUps;
        };
    }
}
