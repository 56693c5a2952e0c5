package io.x402compute.running;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.x402.protocol.Wallet;

/** Instances for what is not about their table. */
final class InstancesInMemory implements InstanceStore {
    private final Map<InstanceId, Instance> rows = new LinkedHashMap<>();

    synchronized List<Instance> all() {
        return List.copyOf(rows.values());
    }

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
        return rows.get(next.id()).version() == next.version() - 1 && rows.put(next.id(), next) != null;
    }

    @Override
    public synchronized List<InstanceId> due(Instant now) {
        return all().stream().filter(row -> row.dueAt().filter(at -> !at.isAfter(now)).isPresent()).map(Instance::id)
                .toList();
    }

    @Override
    public Page<Instance> ownedBy(Wallet owner, PageRequest<Instance> wanted) {
        throw new UnsupportedOperationException("no lists");
    }

    @Override
    public List<InstanceId> unfinished() {
        throw new UnsupportedOperationException("no lists");
    }
}
