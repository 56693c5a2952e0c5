package io.x402compute.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which part of a list is wanted.
 *
 * @param limit rows of a page at most, 1 or more
 * @param after the place to begin behind; empty for the newest row
 * @param filter which rows; empty for all of them
 */
public record PageRequest<T>(int limit, Optional<Place> after, Optional<Predicate<T>> filter) {
    /** Rows of one reading when most of them may not be wanted. */
    private static final int MANY = 100;
    /** A filter that nothing meets costs this many readings and no more: the caller goes on from where they ended. */
    private static final int READINGS = 10;

    /** Where the rows are kept. */
    @FunctionalInterface
    public interface Rows<T> {

        /** The next rows behind a place, newest first; fewer than {@code most} only where the list ends. */
        List<T> behind(Optional<Place> place, int most);
    }

    /** The newest rows. */
    public static <T> PageRequest<T> newest(int limit) {
        return new PageRequest<>(limit, Optional.empty(), Optional.empty());
    }

    public PageRequest<T> after(Place place) {
        return new PageRequest<>(limit, Optional.of(place), filter);
    }

    public PageRequest<T> only(Predicate<T> wanted) {
        return new PageRequest<>(limit, after, Optional.of(wanted));
    }

    /** The page. With a filter it may have fewer rows than wanted, or none, and still not be the last. */
    public Page<T> from(Rows<T> rows, Function<T, Place> placeOf) {
        Predicate<T> wanted = filter.orElse(any -> true);
        int size = filter.isPresent() ? Math.max(limit, MANY) : limit;
        List<T> found = new ArrayList<>();
        Optional<Place> seen = after;
        for (int reading = 0; reading < READINGS; reading++) {
            // One more than is looked at: whether there is anything left.
            List<T> read = rows.behind(seen, size + 1);
            for (T row : read.subList(0, Math.min(size, read.size()))) {
                if (wanted.test(row)) {
                    if (found.size() == limit) {
                        return new Page<>(found, seen);
                    }
                    found.add(row);
                }
                seen = Optional.of(placeOf.apply(row));
            }
            if (read.size() <= size) {
                return new Page<>(found, Optional.empty());
            }
            if (found.size() == limit) {
                return new Page<>(found, seen);
            }
        }
        return new Page<>(found, seen);
    }
}
