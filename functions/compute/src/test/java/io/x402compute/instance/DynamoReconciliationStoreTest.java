package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.Json;
import io.x402compute.page.PageRequest;
import io.x402compute.store.LocalDynamo;

class DynamoReconciliationStoreTest {
    private static final Instant NOW = Rentals.NOW;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private DynamoReconciliationStore store;

    @BeforeEach
    void open() {
        store = new DynamoReconciliationStore(dynamo.table("instances"));
    }

    @Test
    void everythingComesBack() {
        assertThat(store.load()).isEqualTo(Reconciliation.NEVER);

        Reconciliation first = at(1);
        assertThat(store.save(first)).isTrue();
        assertThat(store.load()).isEqualTo(first);

        Reconciliation second = new Reconciliation(List.of(), Map.of(), Optional.empty(), List.of(), 2);
        assertThat(store.save(second)).isTrue();
        assertThat(store.load()).isEqualTo(second);
    }

    @Test
    void onlyOneOfTwoPassesWritesAVersion() {
        Reconciliation other = new Reconciliation(List.of(), Map.of(), Optional.of(NOW), List.of(), 1);
        assertThat(store.save(at(1))).isTrue();
        assertThat(store.save(other)).isFalse();

        assertThat(store.save(at(2))).isTrue();
        assertThat(store.save(new Reconciliation(List.of(), Map.of(), Optional.of(NOW), List.of(), 2))).isFalse();
    }

    @Test
    void itIsNotTakenForAnInstance() {
        DynamoInstanceStore instances = new DynamoInstanceStore(dynamo.table("instances"));
        instances.insert(Rentals.ordered(24, NOW));
        store.save(at(1));

        assertThat(instances.unfinished()).hasSize(1);
        assertThat(instances.ownedBy(Rentals.OWNER, PageRequest.newest(100)).rows()).hasSize(1);
    }

    private static Reconciliation at(long version) {
        InstanceId instance = new InstanceId(UUID.randomUUID());
        List<Suspect> suspects = List.of(
                new Suspect(MachineKind.INSTANCE, "a", Optional.of(instance), OrphanReason.NO_INSTANCE, NOW,
                        Optional.of(NOW.plusSeconds(900))),
                new Suspect(MachineKind.BARE_METAL, "b", Optional.empty(), OrphanReason.EXTRA_MACHINE, NOW,
                        Optional.empty()));
        DomainEvent event = new DomainEvent("OrphanDestroyed/c", "OrphanDestroyed", NOW,
                Json.object().put("provider_id", "c"));
        return new Reconciliation(suspects, Map.of(instance, NOW), Optional.of(NOW), List.of(event), version);
    }
}
