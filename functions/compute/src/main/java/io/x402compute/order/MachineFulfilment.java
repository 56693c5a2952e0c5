package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.payment.Claim;

/** Delivers new machines. */
public final class MachineFulfilment implements Fulfilment {
    private final InstanceStore instances;
    private final InstanceCreator creator;
    private final Clock clock;

    public MachineFulfilment(InstanceStore instances, InstanceCreator creator, Clock clock) {
        this.instances = instances;
        this.creator = creator;
        this.clock = clock;
    }

    /** Nobody can hold a machine back for us: if there is none, the money goes back. */
    @Override
    public boolean reserve(Claim claim) {
        return true;
    }

    @Override
    public Delivery deliver(Claim settled, Instant deadline) {
        Instance instance = instances.find(OrderedRentals.instanceId(settled))
                .map(known -> creator.bringUp(known, deadline))
                .orElseGet(() -> creator.order(OrderedRentals.machine(settled, clock.instant()), deadline));
        return Delivery.of(instance);
    }
}
