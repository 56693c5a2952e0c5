package io.x402compute.simulation.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.page.InMemoryRows;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.protocol.Wallet;

/** The instances' table. */
public final class InstanceTable implements InstanceStore {
    private final Rows<InstanceId, Instance> rows;
    private final Witness witness;

    InstanceTable(Scheduler scheduler, Weather weather, Witness witness) {
        this.rows = new Rows<>(scheduler, weather);
        this.witness = witness;
    }

    @Override
    public Optional<Instance> find(InstanceId id) {
        return rows.find(id);
    }

    @Override
    public boolean insert(Instance fresh) {
        boolean inserted = rows.insert(fresh.id(), fresh, fresh.version(), fresh.dueAt());
        if (inserted) {
            witness.written(Optional.empty(), fresh);
        }
        return inserted;
    }

    @Override
    public boolean save(Instance next) {
        Optional<Instance> before = rows.find(next.id());
        boolean saved = rows.save(next.id(), next, next.version(), next.dueAt());
        if (saved) {
            witness.written(before, next);
        }
        return saved;
    }

    @Override
    public Page<Instance> ownedBy(Wallet owner, PageRequest<Instance> wanted) {
        Function<Instance, Place> place = row -> new Place(row.createdAt(), row.id().value());
        return wanted.from(new InMemoryRows<>(rows.listed(row -> row.owner().equals(owner)).stream(), place), place);
    }

    @Override
    public List<InstanceId> due(Instant now) {
        return rows.due(now);
    }

    @Override
    public List<InstanceId> unfinished() {
        return rows.due(Instant.MAX);
    }

    public List<Instance> all() {
        return rows.all();
    }

    public boolean isAnythingDue() {
        return rows.isAnythingDue();
    }
}
