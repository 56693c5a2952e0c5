package io.x402compute.store;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.equal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table whose items are state machines: each is written whole, by whoever has seen its latest version, and can be found
 * through a sparse index when its time to be looked at has come. A lost race is an answer, not an exception. The SDK repeats a
 * write whose answer was lost, so a conflict with exactly what was to be written is no conflict.
 *
 * <p>The index is sharded so that no single partition takes every write; a query per shard finds what is due, however long
 * it has been due, at the cost of what is due and not of what exists.
 */
public final class VersionedTable {
    private static final String VERSION = "version";
    private static final int SHARDS = 4;

    private final Table table;
    private final String key;
    private final String index;

    /**
     * @param key the partition key's attribute
     * @param index the sparse index, which is also the name of its partition attribute; its sort attribute is
     *     {@code <index>_at}
     */
    public VersionedTable(Table table, String key, String index) {
        this.table = table;
        this.key = key;
        this.index = index;
    }

    /** The item as last written, strongly consistent. */
    public Optional<Item> find(String id) {
        return table.get(Item.create().put(key, id));
    }

    /**
     * Adds an item.
     *
     * @return the item that was there already; empty when this one was written
     */
    public Optional<Item> insert(Item item) {
        return switch (table.put(item, absent(key))) {
            case Conditional.Written(Item written) -> Optional.empty();
            case Conditional.Conflict(Optional<Item> stored) -> stored.filter(other -> !other.equals(item));
        };
    }

    /**
     * Writes the next version of an item.
     *
     * @param item carries the version it is to have
     * @return false when the version before it is not the latest any more
     */
    public boolean save(Item item) {
        return switch (table.put(item, equal(VERSION, item.number(VERSION) - 1))) {
            case Conditional.Written(Item written) -> true;
            case Conditional.Conflict(Optional<Item> stored) -> stored.filter(item::equals).isPresent();
        };
    }

    /** Enters an item into the index, or leaves it out when nothing is left to do. */
    public Item indexed(Item item, Optional<Instant> at) {
        at.ifPresent(instant -> item.put(index, shard(Math.floorMod(item.text(key).hashCode(), SHARDS)))
                .put(index + "_at", instant));
        return item;
    }

    /** Keys of every item whose time has come, oldest first within each shard. */
    public List<String> due(Instant now) {
        List<String> keys = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            Query query = Query.of(index, shard(shard)).onIndex(index).upTo(index + "_at", now);
            table.query(query).forEach(item -> keys.add(item.text(key)));
        }
        return keys;
    }

    private String shard(int number) {
        return index + "#" + number;
    }
}
