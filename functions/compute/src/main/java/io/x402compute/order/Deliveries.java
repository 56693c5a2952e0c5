package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceStore;
import io.x402compute.payment.Claim;

/**
 * Who delivers which kind of order. A function that only sells time needs no provider, so it has no fulfilment of machines, and
 * no order of that kind can come to it: another route's payment is another request.
 *
 * @param machines delivers machines, where this function does
 * @param time delivers more time
 * @param instances what orders are about
 */
public record Deliveries(Optional<Fulfilment> machines, Fulfilment time, InstanceStore instances, Clock clock) {

    /** The machine this order is about: as it is, or as it will be once it is paid. */
    public Instance subject(Claim claim) {
        return instances.find(OrderedRentals.instanceId(claim))
                .orElseGet(() -> OrderedRentals.machine(claim, clock.instant()));
    }

    boolean reserve(Claim claim) {
        return of(claim).reserve(claim);
    }

    Delivery deliver(Claim settled, Instant deadline) {
        return of(settled).deliver(settled, deadline);
    }

    private Fulfilment of(Claim claim) {
        return switch (OrderedRentals.kind(claim)) {
            case PROVISION -> machines.orElseThrow();
            case EXTEND -> time;
        };
    }
}
