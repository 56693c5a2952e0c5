package io.x402compute.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.event.DomainEvent;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.VersionedTable;

/**
 * One item of table {@code instances}, so that the two can only be restored from a backup together. It is in neither of the
 * table's indexes, and no instance's id reads like its key.
 */
public final class DynamoReconciliationStore implements ReconciliationStore {
    private static final String ID = "reconciliation";

    private final VersionedTable table;

    public DynamoReconciliationStore(Table table) {
        this.table = new VersionedTable(table, "id", "due");
    }

    @Override
    public Reconciliation load() {
        return table.find(ID).map(DynamoReconciliationStore::read).orElse(Reconciliation.NEVER);
    }

    @Override
    public boolean save(Reconciliation next) {
        Item item = write(next);
        return next.version() == 1 ? table.insert(item).isEmpty() : table.save(item);
    }

    private static Item write(Reconciliation reconciliation) {
        List<Item> missing = new ArrayList<>();
        reconciliation.missing().forEach(
                (id, since) -> missing.add(Item.create().put("instance", id.toString()).put("since", since)));
        Item item = Item.create()
                .put("id", ID)
                .putItems("suspects", reconciliation.suspects().stream().map(DynamoReconciliationStore::write).toList())
                .putItems("missing", missing)
                .put("events", reconciliation.pendingEvents().stream().map(DomainEvent::stored).toList())
                .put("version", reconciliation.version());
        reconciliation.haltedSince().ifPresent(since -> item.put("halted_since", since));
        return item;
    }

    private static Reconciliation read(Item item) {
        Map<InstanceId, Instant> missing = new LinkedHashMap<>();
        item.items("missing").forEach(
                entry -> missing.put(InstanceId.of(entry.text("instance")), entry.instant("since")));
        return new Reconciliation(
                item.items("suspects").stream().map(DynamoReconciliationStore::suspect).toList(),
                missing,
                item.optionalInstant("halted_since"),
                item.texts("events").stream().map(DomainEvent::ofStored).toList(),
                item.number("version"));
    }

    private static Item write(Suspect suspect) {
        Item item = Item.create()
                .put("kind", suspect.kind().name())
                .put("provider_id", suspect.providerId())
                .put("instance", suspect.instance().map(InstanceId::toString))
                .put("reason", suspect.reason().name())
                .put("first_seen_at", suspect.firstSeenAt());
        suspect.condemnedAt().ifPresent(at -> item.put("condemned_at", at));
        return item;
    }

    private static Suspect suspect(Item item) {
        return new Suspect(MachineKind.valueOf(item.text("kind")), item.text("provider_id"),
                item.optionalText("instance").map(InstanceId::of), OrphanReason.valueOf(item.text("reason")),
                item.instant("first_seen_at"), item.optionalInstant("condemned_at"));
    }
}
