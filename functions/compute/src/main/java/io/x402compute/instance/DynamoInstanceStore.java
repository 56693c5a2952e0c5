package io.x402compute.instance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Companion;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;
import io.x402compute.store.VersionedTable;
import io.x402compute.x402.protocol.Wallet;

/**
 * Instances in DynamoDB: table {@code instances}, one item each, listed by owner through an index. The index shows no more of an
 * instance than never changes: it is written once for each.
 */
public final class DynamoInstanceStore implements InstanceStore {
    private static final String KEY = "id";
    private static final String DUE = "due";
    private static final String OWNER = "owner";

    private final Table table;
    private final VersionedTable instances;

    public DynamoInstanceStore(Table table) {
        this.table = table;
        this.instances = new VersionedTable(table, KEY, DUE);
    }

    @Override
    public Optional<Instance> find(InstanceId id) {
        return instances.find(id.toString()).map(InstanceItems::read);
    }

    @Override
    public boolean insert(Instance fresh) {
        return instances.insert(item(fresh)).isEmpty();
    }

    @Override
    public boolean save(Instance next) {
        return instances.save(item(next));
    }

    @Override
    public boolean save(Instance next, Companion companion) {
        return instances.save(item(next), companion);
    }

    @Override
    public Page<Instance> ownedBy(Wallet owner, PageRequest<Instance> wanted) {
        return wanted.from((place, most) -> behind(place, most, owner),
                instance -> new Place(instance.createdAt(), instance.id().value()));
    }

    private List<Instance> behind(Optional<Place> place, int most, Wallet owner) {
        Query newest = Query.of(OWNER, owner.address()).onIndex(OWNER).newestFirst().limit(most);
        Query rows = place.map(last -> Item.create().put(KEY, last.id().toString()).put(OWNER, owner.address())
                .put("created_at", last.createdAt())).map(newest::after).orElse(newest);
        List<Item> keys = table.query(rows).stream().map(row -> Item.create().put(KEY, row.text(KEY))).toList();
        return table.getAllEventually(keys).stream().map(InstanceItems::read).toList();
    }

    @Override
    public List<InstanceId> due(Instant now) {
        return instances.due(now).stream().map(InstanceId::of).toList();
    }

    /** An instance that is not closed is always due some day. */
    @Override
    public List<InstanceId> unfinished() {
        return due(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private Item item(Instance instance) {
        return instances.indexed(InstanceItems.write(instance), instance.dueAt());
    }
}
