package io.x402compute.instance;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.Json;

/** The events a machine's life causes. */
final class InstanceEvents {
    private InstanceEvents() {}

    static DomainEvent provisioned(Instance instance, Instant now) {
        ObjectNode detail = about(instance).put("ip_address", instance.machine().orElseThrow().ipAddress());
        return new DomainEvent("InstanceProvisioned/" + instance.id(), "InstanceProvisioned", now, detail);
    }

    static DomainEvent extended(Instance instance, PaidSegment segment, Instant now) {
        ObjectNode detail = about(instance).put("order_id", segment.orderId()).put("extended_hours",
                segment.length().toHours());
        return new DomainEvent("InstanceExtended/" + segment.orderId(), "InstanceExtended", now, detail);
    }

    static DomainEvent resized(Instance instance, Upgrade upgrade, Instant oldExpiry, Instant now) {
        ObjectNode detail = about(instance).put("from_plan", upgrade.from())
                .put("old_expires_at", oldExpiry.toString());
        return new DomainEvent(ofOperation("InstanceResized", instance), "InstanceResized", now, detail);
    }

    static DomainEvent powerChanged(Instance instance, Operation done, Instant now) {
        ObjectNode detail = about(instance).put("operation", done.kind().wireName())
                .put("power_status", instance.machine().orElseThrow().powerStatus());
        return new DomainEvent(ofOperation("InstancePowerChanged", instance), "InstancePowerChanged", now, detail);
    }

    /** Once for each warning of each end of a lease. */
    static DomainEvent expiring(Instance instance, ExpiryWarning given, Instant now) {
        ObjectNode detail = about(instance).put("hours_left", ExpiryWarning.hoursLeft(instance.expiresAt(), now));
        return new DomainEvent("InstanceExpiring/%s/%s/%s".formatted(instance.id(), instance.expiresAt(), given),
                "InstanceExpiring", now, detail);
    }

    /** Again when it has become dearer; its moment is another one then. */
    static DomainEvent autoExtending(Instance instance, AnnouncedExtension next, Instant now) {
        ObjectNode detail = about(instance).put("extend_hours", next.hours())
                .put("amount_micro_usdc", next.amount().micros())
                .put("spends_at", next.at().toString());
        return new DomainEvent("InstanceAutoExtending/%s/%s/%s".formatted(instance.id(), next.leaseEnd(), next.at()),
                "InstanceAutoExtending", now, detail);
    }

    /** Once for an end of a lease, unless its owner sets it anew. */
    static DomainEvent autoExtendFailed(Instance instance, AutoExtendFailure reason, Instant now) {
        ObjectNode detail = about(instance).put("reason", reason.code());
        return new DomainEvent(
                "AutoExtendFailed/%s/%s/%d".formatted(instance.id(), instance.expiresAt(), now.toEpochMilli()),
                "AutoExtendFailed", now, detail);
    }

    static DomainEvent ended(Instance instance, Instant now) {
        String type = switch (instance.outcome()) {
            case DESTROYED -> "InstanceDestroyed";
            case EXPIRED -> "InstanceExpired";
            case FAILED -> "InstanceFailed";
            case PROVISIONING, ACTIVE, TERMINATING ->
                throw new IllegalStateException("not an end: " + instance.state());
        };
        ObjectNode detail = about(instance).put("reason", instance.termination().orElseThrow().reason());
        instance.termination().flatMap(Termination::unused)
                .filter(_ -> instance.outcome() != InstanceState.EXPIRED)
                .ifPresent(unused -> detail.put("credited_hours", unused.hours())
                        .put("credited_micro_usdc", unused.amount().micros()));
        return new DomainEvent(type + "/" + instance.id(), type, now, detail);
    }

    /** Operations have no id; there is one at a time. */
    private static String ofOperation(String type, Instance instance) {
        return type + "/" + instance.id() + "/" + instance.operation().orElseThrow().askedAt().toEpochMilli();
    }

    private static ObjectNode about(Instance instance) {
        return Json.object()
                .put("instance_id", instance.id().toString())
                .put("owner", instance.owner().address())
                .put("plan", instance.spec().plan())
                .put("region", instance.spec().region())
                .put("expires_at", instance.expiresAt().toString());
    }
}
