package io.x402compute.page;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows in memory, read as a table's are. */
public final class InMemoryRows<T> implements PageRequest.Rows<T> {
    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::createdAt).reversed()
            .thenComparing(Place::id);

    private final List<T> rows;
    private final Function<T, Place> placeOf;
    private int readings;
    private int read;

    public InMemoryRows(Stream<T> rows, Function<T, Place> placeOf) {
        this.rows = rows.sorted(Comparator.comparing(placeOf, NEWEST_FIRST)).toList();
        this.placeOf = placeOf;
    }

    @Override
    public List<T> behind(Optional<Place> place, int most) {
        List<T> found = rows.stream()
                .filter(row -> place.filter(last -> NEWEST_FIRST.compare(placeOf.apply(row), last) <= 0).isEmpty())
                .limit(most).toList();
        readings++;
        read += found.size();
        return found;
    }

    int readings() {
        return readings;
    }

    int read() {
        return read;
    }
}
