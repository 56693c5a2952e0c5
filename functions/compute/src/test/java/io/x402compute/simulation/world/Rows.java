package io.x402compute.simulation.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.x402compute.simulation.schedule.Scheduler;

/**
 * A table as DynamoDB has it: reads by key are strongly consistent, each write is conditional, and the index of what is due knows
 * of a write some time after it.
 */
final class Rows<K, V> {
    private static final int REMEMBERED = 6;

    private record Entry(long since, Optional<Instant> dueAt) {}

    private static final class Row<V> {
        private V value;
        private long version;
        private final Deque<Entry> index = new ArrayDeque<>();
    }

    private final Scheduler scheduler;
    private final Weather weather;
    private final Map<K, Row<V>> rows = new LinkedHashMap<>();
    private List<V> all = List.of();
    private Instant earliest = Instant.MAX;

    Rows(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(rows.get(key)).map(row -> row.value);
    }

    /** Adds a row unless there is one. */
    boolean insert(K key, V value, long version, Optional<Instant> dueAt) {
        if (rows.containsKey(key)) {
            return false;
        }
        Row<V> row = new Row<>();
        rows.put(key, row);
        write(row, value, version, dueAt);
        return true;
    }

    /** Writes the version after the latest, or nothing. */
    boolean save(K key, V value, long version, Optional<Instant> dueAt) {
        Row<V> row = rows.get(key);
        if (row.version != version - 1) {
            return false;
        }
        write(row, value, version, dueAt);
        return true;
    }

    /** Keys of what is due by then, as the index has it. */
    List<K> due(Instant by) {
        long asOf = asOf();
        List<K> keys = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (indexed(row, asOf).filter(at -> !at.isAfter(by)).isPresent()) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Values by an index, which may miss the newest ones. */
    List<V> listed(Predicate<V> wanted) {
        long asOf = asOf();
        return rows.values().stream().filter(row -> row.index.getFirst().since <= asOf).map(row -> row.value)
                .filter(wanted).toList();
    }

    List<V> all() {
        return all;
    }

    /** Whether anything is due by now, whatever the index says. */
    boolean isAnythingDue() {
        return !earliest.isAfter(scheduler.now());
    }

    private long asOf() {
        int lag = weather.climate().indexLag();
        return scheduler.millis() - (lag == 0 ? 0 : weather.pick(lag));
    }

    private void write(Row<V> row, V value, long version, Optional<Instant> dueAt) {
        row.value = value;
        row.version = version;
        row.index.addLast(new Entry(scheduler.millis(), dueAt));
        if (row.index.size() > REMEMBERED) {
            row.index.removeFirst();
        }
        all = rows.values().stream().map(any -> any.value).toList();
        earliest = rows.values().stream().flatMap(any -> any.index.getLast().dueAt.stream()).min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Optional<Instant> indexed(Row<?> row, long asOf) {
        Optional<Instant> dueAt = Optional.empty();
        for (Entry entry : row.index) {
            if (entry.since <= asOf) {
                dueAt = entry.dueAt;
            }
        }
        return dueAt;
    }
}
