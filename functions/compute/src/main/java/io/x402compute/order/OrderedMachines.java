package io.x402compute.order;

import java.time.Clock;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceStore;
import io.x402compute.payment.Claim;

/** The machines that orders of machines, and of time for them, are about. */
public record OrderedMachines(InstanceStore instances, Clock clock) {

    /** As it is, or as it will be once it is paid. */
    public Instance of(Claim claim) {
        return instances.find(OrderedRentals.instanceId(claim))
                .orElseGet(() -> OrderedRentals.machine(claim, clock.instant()));
    }
}
