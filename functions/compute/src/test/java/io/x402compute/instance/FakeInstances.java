package io.x402compute.instance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.page.InMemoryRows;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.x402.protocol.Wallet;

/** Instances in memory, under the same conditions as the table. */
public final class FakeInstances implements InstanceStore {
    private final Map<InstanceId, Instance> rows = new LinkedHashMap<>();

    @Override
    public synchronized Optional<Instance> find(InstanceId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized boolean insert(Instance fresh) {
        return rows.putIfAbsent(fresh.id(), fresh) == null;
    }

    @Override
    public synchronized boolean save(Instance next) {
        if (rows.get(next.id()).version() != next.version() - 1) {
            return false;
        }
        rows.put(next.id(), next);
        return true;
    }

    @Override
    public synchronized Page<Instance> ownedBy(Wallet owner, PageRequest<Instance> wanted) {
        Function<Instance, Place> place = row -> new Place(row.createdAt(), row.id().value());
        return wanted.from(
                new InMemoryRows<>(rows.values().stream().filter(row -> row.owner().equals(owner)), place), place);
    }

    @Override
    public synchronized List<InstanceId> due(Instant now) {
        return rows.values().stream()
                .filter(row -> row.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .map(Instance::id)
                .toList();
    }

    @Override
    public synchronized List<InstanceId> unfinished() {
        return rows.values().stream().filter(row -> row.dueAt().isPresent()).map(Instance::id).toList();
    }

    public synchronized Instance only() {
        if (rows.size() != 1) {
            throw new AssertionError("expected one instance, found " + rows.size());
        }
        return rows.values().iterator().next();
    }

    public synchronized List<Instance> all() {
        return List.copyOf(rows.values());
    }

    public synchronized int count() {
        return rows.size();
    }
}
