package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.PaidSegment;
import io.x402compute.payment.Claim;

/** Delivers more time. It is worth what its machine is: time for one that never comes up is owed back with it. */
public final class TimeFulfilment implements Fulfilment {
    private final InstanceStore instances;
    private final RentalLimits limits;
    private final Clock clock;

    public TimeFulfilment(InstanceStore instances, RentalLimits limits, Clock clock) {
        this.instances = instances;
        this.limits = limits;
        this.clock = clock;
    }

    /** An extension is in time if it was claimed before the end; from then on expiry waits a while for its settlement. */
    @Override
    public boolean reserve(Claim claim) {
        while (true) {
            Instance instance = instance(claim);
            if (!isInTime(claim, instance)) {
                return false;
            }
            if (instance.extensionClaimed() || instances.save(instance.awaitingExtension())) {
                return true;
            }
        }
    }

    @Override
    public Delivery deliver(Claim settled, Errand errand) {
        PaidSegment bought = OrderedRentals.moreTime(settled);
        while (true) {
            Instance instance = instance(settled);
            PaidSegment segment = atItsPlan(bought, OrderedRentals.pricedPlan(settled), instance);
            Instant now = clock.instant();
            errand.brought(instance);
            if (instance.wasExtendedBy(segment.orderId())) {
                return Delivery.of(instance);
            }
            // What was paid for too late may come here too: its machine is there until somebody ends it.
            if (!isInTime(settled, instance)) {
                return new Delivery.Impossible(RefundReason.LEASE_OVER);
            }
            Instant end = instance.expiresAt().plus(segment.length());
            if (end.isAfter(now.plus(limits.furthestEnd()))) {
                return new Delivery.Impossible(RefundReason.PREPAID_LIMIT_EXCEEDED);
            }
            Instance extended = instance.extended(segment, now);
            if (instances.save(extended)) {
                errand.brought(extended);
                return Delivery.of(extended);
            }
        }
    }

    private static boolean isInTime(Claim claim, Instance instance) {
        return instance.state().isLive() && claim.claimedAt().isBefore(instance.expiresAt());
    }

    /** Time that was priced for a smaller plan, from which the machine was moved meanwhile, is exchanged as all other was. */
    private static PaidSegment atItsPlan(PaidSegment bought, String pricedPlan, Instance instance) {
        return pricedPlan.equals(instance.spec().plan())
                ? bought
                : bought.exchangedAt(instance.segments().getLast().hourly());
    }

    private Instance instance(Claim claim) {
        return instances.find(OrderedRentals.instanceId(claim)).orElseThrow();
    }
}
