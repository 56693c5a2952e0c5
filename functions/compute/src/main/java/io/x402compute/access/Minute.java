package io.x402compute.access;

import java.time.Duration;
import java.time.Instant;

/**
 * A minute of the clock, in which calls are counted.
 *
 * @param secondsLeft until the next begins, 1 or more
 */
record Minute(Instant begin, long secondsLeft) {
    private static final Duration LENGTH = Duration.ofMinutes(1);

    static Minute of(Instant now) {
        long seconds = LENGTH.toSeconds();
        Instant begin = Instant.ofEpochSecond(now.getEpochSecond() / seconds * seconds);
        return new Minute(begin, begin.plus(LENGTH).getEpochSecond() - now.getEpochSecond());
    }

    /** Counts a call in it, and says what is left. */
    Allowance count(CallCounts counts, String caller, String kind, int quota) {
        long used = counts.count(caller, kind, begin, begin.plus(LENGTH.multipliedBy(2)));
        return new Allowance(kind, quota, used, LENGTH.toSeconds(), secondsLeft);
    }
}
