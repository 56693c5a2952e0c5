package io.x402compute.event;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;

/**
 * The history in DynamoDB: items of table {@code instances}, found through its index by owner. Whoever publishes writes that table
 * anyway. No wallet reads like the owner of these items and no instance's id like their key; they are in no other index.
 */
public final class DynamoEventHistory implements EventHistory {
    private static final String KEY = "id";
    private static final String OWNER = "owner";
    private static final String CREATED_AT = "created_at";
    private static final String EVENT = "event";
    private static final String PREFIX = "event#";
    /** Ranks within a millisecond: events of the same one need an order that the index and the pending ones agree on. */
    private static final long RANKS = 1_000_000;

    private final Table table;

    public DynamoEventHistory(Table table) {
        this.table = table;
    }

    @Override
    public void keep(DomainEvent event) {
        event.subject().ifPresent(subject -> table.put(key(subject, place(event)).put(EVENT, event.stored())));
    }

    @Override
    public Page<DomainEvent> of(String subject, List<DomainEvent> pending, PageRequest<DomainEvent> wanted) {
        return wanted.from((after, most) -> behind(subject, pending, after, most), DynamoEventHistory::place);
    }

    private List<DomainEvent> behind(String subject, List<DomainEvent> pending, Optional<Place> after, int most) {
        Query newest = Query.of(OWNER, PREFIX + subject).onIndex(OWNER).newestFirst().limit(most);
        Query rows = after.map(place -> newest.after(key(subject, place))).orElse(newest);
        Map<String, DomainEvent> found = new LinkedHashMap<>();
        Stream.concat(
                pending.stream().filter(event -> after.isEmpty() || rank(place(event)) < rank(after.get())),
                table.query(rows).stream().map(item -> DomainEvent.ofStored(item.text(EVENT))))
                .forEach(event -> found.putIfAbsent(event.id(), event));
        return found.values().stream()
                .sorted(Comparator.comparingLong((DomainEvent event) -> rank(place(event))).reversed())
                .limit(most).toList();
    }

    private static Item key(String subject, Place place) {
        return Item.create().put(KEY, PREFIX + place.id()).put(OWNER, PREFIX + subject).put(CREATED_AT, rank(place));
    }

    private static Place place(DomainEvent event) {
        return new Place(event.time(), UUID.nameUUIDFromBytes(event.id().getBytes(StandardCharsets.UTF_8)));
    }

    private static long rank(Place place) {
        return Math.addExact(Math.multiplyExact(place.createdAt().toEpochMilli(), RANKS),
                Math.floorMod(place.id().getLeastSignificantBits(), RANKS));
    }
}
