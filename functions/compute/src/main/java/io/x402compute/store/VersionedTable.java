package io.x402compute.store;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.equal;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table whose items are state machines: each is written whole, by whoever has seen its latest version, and can be found
 * through a sparse index when its time to be looked at has come. A lost race is an answer, not an exception. The SDK repeats a
 * write whose answer was lost, so a conflict with one's own write is no conflict; each write carries a random token, because
 * two writers who saw the same version in the same millisecond may well have the same next item in mind.
 *
 * <p>The index is sharded so that no single partition takes every write; a query per shard finds what is due, however long
 * it has been due, at the cost of what is due and not of what exists.
 */
public final class VersionedTable {
    private static final String VERSION = "version";
    private static final String WRITE = "write";
    private static final int SHARDS = 4;

    private final Table table;
    private final String key;
    private final String index;
    private final String kind;

    /**
     * @param key the partition key's attribute
     * @param index the sparse index, which is also the name of its partition attribute; its sort attribute is
     *     {@code <index>_at}
     */
    public VersionedTable(Table table, String key, String index) {
        this(table, key, index, index);
    }

    /**
     * One of several in the same table.
     *
     * @param kind of its items, which are found in the index apart from others; never to be changed
     */
    public VersionedTable(Table table, String key, String index, String kind) {
        this.table = table;
        this.key = key;
        this.index = index;
        this.kind = kind;
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
        Item own = stamped(item);
        return switch (table.put(own, absent(key))) {
            case Conditional.Written(Item written) -> Optional.empty();
            case Conditional.Conflict(Optional<Item> stored) -> stored.filter(other -> !other.equals(own));
        };
    }

    /**
     * Writes the next version of an item.
     *
     * @param item carries the version it is to have
     * @return false when the version before it is not the latest any more
     */
    public boolean save(Item item) {
        Item own = stamped(item);
        return switch (table.put(own, equal(VERSION, own.number(VERSION) - 1))) {
            case Conditional.Written(Item written) -> true;
            case Conditional.Conflict(Optional<Item> stored) -> stored.filter(own::equals).isPresent();
        };
    }

    /** As {@link #insert}, as one of the writes of a transaction, which tells by itself what was there. */
    public Transaction insert(Transaction transaction, Item item) {
        return transaction.put(table, stamped(item), absent(key));
    }

    /** As {@link #save}, as one of the writes of a transaction. */
    public Transaction save(Transaction transaction, Item item) {
        return transaction.put(table, stamped(item), equal(VERSION, item.number(VERSION) - 1));
    }

    /**
     * As {@link #save}, together with something else: both or neither.
     *
     * @throws RuntimeException that of the companion, when that is what cannot be written
     */
    public boolean save(Item item, Companion companion) {
        if (companion.isNobody()) {
            return save(item);
        }
        return switch (table.write(companion.join(save(Transaction.create(), item)))) {
            case Transaction.Outcome.Written() -> true;
            case Transaction.Outcome.Refused(int step, Optional<Item> stored) -> {
                if (step > 0) {
                    throw companion.refusal();
                }
                yield false;
            }
            case Transaction.Outcome.Crossed() -> false;
        };
    }

    /** Enters an item into the index, or leaves it out when nothing is left to do. */
    public Item indexed(Item item, Optional<Instant> at) {
        at.ifPresent(instant -> item.put(index, shard(Math.floorMod(item.text(key).hashCode(), SHARDS)))
                .put(index + "_at", instant));
        return item;
    }

    /** Keys of every item whose time has come, oldest first: whoever has no time for all begins with those that wait longest. */
    public List<String> due(Instant now) {
        List<Item> items = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            Query query = Query.of(index, shard(shard)).onIndex(index).upTo(index + "_at", now);
            items.addAll(table.query(query));
        }
        return items.stream().sorted(Comparator.comparingLong(item -> item.number(index + "_at")))
                .map(item -> item.text(key)).toList();
    }

    /** From a source made here: one that is older than the snapshot would give the same tokens wherever it is restored. */
    private static Item stamped(Item item) {
        return item.put(WRITE, Long.toHexString(new SecureRandom().nextLong()));
    }

    private String shard(int number) {
        return kind + "#" + number;
    }
}
