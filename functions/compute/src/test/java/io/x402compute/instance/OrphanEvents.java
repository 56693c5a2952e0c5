package io.x402compute.instance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.ProviderInventory.Presence;

/** What the comparison with the provider has to tell. */
public final class OrphanEvents {
    private OrphanEvents() {}

    /** Each kind of event, with all that can be in it and with the least. */
    public static Stream<DomainEvent> all() {
        InstanceId instance = new InstanceId(UUID.randomUUID());
        Suspect extra = suspect(MachineKind.INSTANCE, Optional.of(instance), OrphanReason.EXTRA_MACHINE);
        Suspect nobodys = suspect(MachineKind.BARE_METAL, Optional.empty(), OrphanReason.NO_INSTANCE);
        Findings missing = new Findings(Set.of("a", "b"), Map.of(), 1, Map.of(), Map.of(instance, Presence.ABSENT));
        return Stream.concat(
                Stream.of(extra, nobodys).flatMap(gone -> ReconciliationEvents.gone(gone, Rentals.NOW).stream()),
                Stream.of(ReconciliationEvents.halted(missing, Rentals.NOW)));
    }

    private static Suspect suspect(MachineKind kind, Optional<InstanceId> instance, OrphanReason reason) {
        return new Suspect(kind, "cb676a46-66fd-4dfb-b839-443f2e6c0b60", instance, reason, Rentals.NOW,
                Optional.of(Rentals.NOW));
    }
}
