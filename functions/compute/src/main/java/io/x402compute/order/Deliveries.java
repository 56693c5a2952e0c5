package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Termination;
import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.Usdc;

/** Brings to their buyers what orders have paid for. Delivering twice delivers once. */
public final class Deliveries {
    private final InstanceStore instances;
    private final InstanceCreator creator;
    private final RentalLimits limits;
    private final Clock clock;

    public Deliveries(InstanceStore instances, InstanceCreator creator, RentalLimits limits, Clock clock) {
        this.instances = instances;
        this.creator = creator;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Makes sure that what is about to be paid can still be delivered. An extension makes expiry wait for its settlement.
     *
     * @return false when it is too late: nothing may be taken
     */
    boolean reserve(Claim claim) {
        return switch (kind(claim)) {
            case PROVISION -> true;
            case EXTEND -> awaitExtension(claim);
        };
    }

    Delivery deliver(Claim settled, Instant deadline) {
        return switch (kind(settled)) {
            case PROVISION -> provision(settled, deadline);
            case EXTEND -> extend(settled);
        };
    }

    /** The machine this order is about: as it is, or as it will be once it is paid. */
    public Instance subject(Claim claim) {
        return instances.find(instanceId(claim)).orElseGet(() -> ordered(claim));
    }

    private boolean awaitExtension(Claim claim) {
        while (true) {
            Instance instance = instances.find(instanceId(claim)).orElseThrow();
            if (!instance.state().isLive() || !claim.claimedAt().isBefore(instance.expiresAt())) {
                return false;
            }
            if (instance.extensionClaimed() || instances.save(instance.awaitingExtension())) {
                return true;
            }
        }
    }

    private Delivery provision(Claim settled, Instant deadline) {
        Instance instance = instances.find(instanceId(settled))
                .map(known -> creator.bringUp(known, deadline))
                .orElseGet(() -> creator.order(ordered(settled), deadline));
        return switch (instance.outcome()) {
            case PROVISIONING -> new Delivery.Underway();
            // One that its owner destroyed, or that ran out while booting, was delivered for what it was paid.
            case ACTIVE, TERMINATING, DESTROYED, EXPIRED -> new Delivery.Done();
            case FAILED -> new Delivery.Impossible(instance.termination().map(Termination::reason).orElseThrow());
        };
    }

    private Delivery extend(Claim settled) {
        ExtendRequest request = ExtendRequest.ofStored(stored(settled));
        PaidSegment segment = segment(settled, request.hours());
        while (true) {
            Instance instance = instances.find(instanceId(settled)).orElseThrow();
            Instant now = clock.instant();
            if (instance.wasExtendedBy(segment.orderId())) {
                return new Delivery.Done();
            }
            if (!instance.state().isLive()) {
                return new Delivery.Impossible("lease_over");
            }
            Instant end = instance.expiresAt().plus(Duration.ofHours(request.hours()));
            if (end.isAfter(now.plus(limits.furthestEnd()))) {
                return new Delivery.Impossible("prepaid_limit_exceeded");
            }
            if (instances.save(instance.extended(segment, now))) {
                return new Delivery.Done();
            }
        }
    }

    private Instance ordered(Claim claim) {
        ProvisionRequest request = ProvisionRequest.ofStored(stored(claim));
        return Instance.ordered(instanceId(claim), claim.payer(), request.spec(), segment(claim, request.hours()),
                clock.instant());
    }

    /** The price was an hourly one times the hours, so the division is exact. */
    private static PaidSegment segment(Claim claim, int hours) {
        Usdc hourly = new Usdc(claim.payment().requirements().amount().micros() / hours);
        return new PaidSegment(claim.order().orderId().toString(), hours, hourly);
    }

    private static OrderKind kind(Claim claim) {
        return OrderKind.valueOf(claim.order().kind());
    }

    private static InstanceId instanceId(Claim claim) {
        return InstanceId.of(claim.order().subject());
    }

    private static ObjectNode stored(Claim claim) {
        return (ObjectNode) Json.readOwn(claim.order().request());
    }
}
