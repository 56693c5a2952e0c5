package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a machine's owner that its time is running out. Each is given at most once per end of a lease, and not at all for a
 * lease that was no longer than that when it was bought: its buyer knows.
 */
public enum ExpiryWarning {
    A_DAY_BEFORE(Duration.ofHours(24)),
    AN_HOUR_BEFORE(Duration.ofHours(1));

    private final Duration ahead;

    ExpiryWarning(Duration ahead) {
        this.ahead = ahead;
    }

    /** The first one of a lease that is bought now. */
    static Optional<ExpiryWarning> first(Instant end, Instant now) {
        return Stream.of(values()).filter(warning -> now.isBefore(warning.at(end))).findFirst();
    }

    /** How many hours there are left, the begun one included; never 0. */
    static long hoursLeft(Instant end, Instant now) {
        Duration left = Duration.between(now, end).minusMillis(1);
        return left.isNegative() ? 1 : left.toHours() + 1;
    }

    Instant at(Instant end) {
        return end.minus(ahead);
    }

    /** This one, or a later one whose moment has come, too: after an outage nobody is warned twice in a minute. */
    ExpiryWarning latest(Instant end, Instant now) {
        return next().filter(later -> !now.isBefore(later.at(end))).orElse(this);
    }

    /** The one after this; empty after the last. */
    Optional<ExpiryWarning> next() {
        return Stream.of(values()).filter(other -> other.ahead.compareTo(ahead) < 0).findFirst();
    }
}
