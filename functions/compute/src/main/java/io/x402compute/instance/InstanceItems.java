package io.x402compute.instance;

import java.time.Duration;
import java.util.Optional;

import io.x402compute.event.DomainEvent;
import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Instances as items of table {@code instances}. */
final class InstanceItems {
    private InstanceItems() {}

    static Item write(Instance instance) {
        MachineSpec spec = instance.spec();
        Item item = Item.create()
                .put("id", instance.id().toString())
                .put("owner", instance.owner().address())
                .put("created_at", instance.createdAt())
                .put("state", instance.state().name())
                .put("expires_at", instance.expiresAt())
                .put("extension_claimed", instance.extensionClaimed())
                .put("plan", spec.plan())
                .put("region", spec.region())
                .put("os_id", spec.osId())
                .put("label", spec.label())
                .put("hostname", spec.hostname())
                .put("ssh_public_key", spec.sshPublicKey())
                .put("user_data", spec.userData())
                .putItems("segments", instance.segments().stream().map(InstanceItems::write).toList())
                .put("lease_until", instance.creation().leaseUntil())
                .put("version", instance.version());
        instance.warning().ifPresent(warning -> item.put("warning", warning.name()));
        instance.creation().sentAt().ifPresent(at -> item.put("create_sent_at", at));
        write(item, instance.password());
        instance.machine().ifPresent(machine -> write(item, machine));
        instance.termination().ifPresent(termination -> write(item, termination));
        instance.operation().ifPresent(operation -> item.put("operation", OperationItems.write(operation)));
        instance.autoExtend().ifPresent(wanted -> item.put("auto_extend", AutoExtendItems.write(wanted)));
        if (!instance.pendingEvents().isEmpty()) {
            item.put("events", instance.pendingEvents().stream().map(DomainEvent::stored).toList());
        }
        return item;
    }

    static Instance read(Item item) {
        MachineSpec spec = new MachineSpec(item.text("plan"), item.text("region"), item.integer("os_id"),
                item.text("label"), item.optionalText("hostname"), item.optionalText("ssh_public_key"),
                item.optionalText("user_data"));
        return new Instance(
                InstanceId.of(item.text("id")),
                new Wallet(item.text("owner")),
                spec,
                item.items("segments").stream().map(InstanceItems::segment).toList(),
                InstanceState.valueOf(item.text("state")),
                item.instant("created_at"),
                item.instant("expires_at"),
                item.optionalText("warning").map(ExpiryWarning::valueOf),
                item.flag("extension_claimed"),
                new CreateProgress(item.optionalInstant("create_sent_at"), item.instant("lease_until")),
                password(item),
                machine(item),
                termination(item),
                OperationItems.read(item, "operation"),
                AutoExtendItems.read(item, "auto_extend"),
                item.texts("events").stream().map(DomainEvent::ofStored).toList(),
                item.number("version"));
    }

    private static Item write(PaidSegment segment) {
        return Item.create()
                .put("order_id", segment.orderId())
                .put("seconds", segment.length().toSeconds())
                .put("hourly", segment.hourly().micros());
    }

    private static PaidSegment segment(Item item) {
        return new PaidSegment(item.text("order_id"), Duration.ofSeconds(item.number("seconds")),
                new Usdc(item.number("hourly")));
    }

    private static void write(Item item, OneTimePassword password) {
        item.put("password", password.sealed().map(SealedPassword::envelope));
        password.revealedAt().ifPresent(at -> item.put("password_revealed_at", at));
    }

    private static OneTimePassword password(Item item) {
        return new OneTimePassword(item.optionalText("password").map(SealedPassword::new),
                item.optionalInstant("password_revealed_at"));
    }

    private static void write(Item item, Machine machine) {
        item.put("provider_id", machine.providerId())
                .put("machine_created_at", machine.createdAt())
                .put("ready", machine.ready())
                .put("ip_address", machine.ipAddress())
                .put("ipv6_address", machine.ipv6Address())
                .put("server_status", machine.serverStatus())
                .put("os_name", machine.osName())
                .put("vcpus", machine.vcpus())
                .put("ram_mb", machine.ramMb())
                .put("disk_gb", machine.diskGb())
                .put("machine_plan", machine.plan())
                .put("power_status", machine.powerStatus());
    }

    private static Optional<Machine> machine(Item item) {
        return item.optionalText("provider_id").map(id -> new Machine(id, item.instant("machine_created_at"),
                item.flag("ready"), item.text("ip_address"), item.text("ipv6_address"), item.text("server_status"),
                item.text("os_name"), item.integer("vcpus"), item.integer("ram_mb"),
                item.integer("disk_gb"), item.text("machine_plan"), item.text("power_status")));
    }

    private static void write(Item item, Termination end) {
        item.put("outcome", end.outcome().name())
                .put("end_reason", end.reason())
                .put("end_asked_at", end.askedAt())
                .put("end_attempts", end.attempts())
                .put("end_next_at", end.nextAttemptAt())
                .put("end_accepted", end.accepted());
        end.firstAbsentAt().ifPresent(at -> item.put("first_absent_at", at));
        end.unused().ifPresent(unused -> item.put("unused_hours", unused.hours())
                .putItems("unused", unused.parts().stream().map(InstanceItems::write).toList())
                .put("unused_owed", unused.owed()));
    }

    private static Optional<Termination> termination(Item item) {
        return item.optionalText("outcome").map(outcome -> new Termination(InstanceState.valueOf(outcome),
                item.text("end_reason"), item.instant("end_asked_at"), item.integer("end_attempts"),
                item.instant("end_next_at"), item.flag("end_accepted"), item.optionalInstant("first_absent_at"),
                unused(item)));
    }

    private static Optional<UnusedTime> unused(Item item) {
        return item.has("unused_hours")
                ? Optional.of(new UnusedTime(item.number("unused_hours"),
                        item.items("unused").stream().map(InstanceItems::part).toList(), item.flag("unused_owed")))
                : Optional.empty();
    }

    private static Item write(UnusedTime.Part part) {
        return Item.create().put("order_id", part.orderId()).put("amount", part.amount().micros());
    }

    private static UnusedTime.Part part(Item item) {
        return new UnusedTime.Part(item.text("order_id"), new Usdc(item.number("amount")));
    }
}
