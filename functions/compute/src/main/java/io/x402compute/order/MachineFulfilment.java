package io.x402compute.order;

import java.time.Clock;
import java.util.Optional;

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
    public Delivery deliver(Claim settled, Errand errand) {
        Instance instance = known(settled, errand)
                .map(known -> creator.bringUp(known, errand.deadline()))
                .orElseGet(() -> creator.order(OrderedRentals.machine(settled, clock.instant()), errand.deadline()));
        errand.brought(instance);
        return Delivery.of(instance);
    }

    /** Where there can be none, to look would cost a read; whoever orders one finds out all the same. */
    private Optional<Instance> known(Claim settled, Errand errand) {
        return errand.isFirst() ? Optional.empty() : instances.find(OrderedRentals.instanceId(settled));
    }
}
