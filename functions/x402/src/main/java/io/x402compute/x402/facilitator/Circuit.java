package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps callers away from somebody who does not answer: after three failures in a row for half a minute, then for twice as long each
 * time, up to eight minutes. In between one caller at a time may try.
 */
final class Circuit {
    static final int FAILURES = 3;
    static final Duration FIRST_REST = Duration.ofSeconds(30);
    /** Whoever tries and never tells what came of it keeps the others out for no longer than this. */
    static final Duration TRIAL = Duration.ofSeconds(30);
    static final int MOST_DOUBLINGS = 4;

    private final Clock clock;
    private final int most;
    private int failures;
    private Instant restsUntil = Instant.MIN;
    private Instant doubtedUntil = Instant.MIN;

    Circuit(Clock clock) {
        this(clock, FAILURES);
    }

    private Circuit(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** For somebody in whose place nobody else could be asked: keeping away from him would only make an outage longer. */
    static Circuit thatNeverRests(Clock clock) {
        return new Circuit(clock, Integer.MAX_VALUE);
    }

    /** Whether nobody should ask now. */
    synchronized boolean rests() {
        return clock.instant().isBefore(restsUntil);
    }

    /** Whether what was heard of him last was nothing, a moment ago. */
    synchronized boolean isInDoubt() {
        return clock.instant().isBefore(doubtedUntil);
    }

    /** Whether this caller may ask now, and is then to tell what came of it. */
    synchronized boolean admits() {
        if (rests()) {
            return false;
        }
        if (failures >= most) {
            restsUntil = clock.instant().plus(TRIAL);
        }
        return true;
    }

    synchronized void answered() {
        failures = 0;
        restsUntil = Instant.MIN;
        doubtedUntil = Instant.MIN;
    }

    synchronized void failed() {
        failures++;
        doubtedUntil = clock.instant().plus(FIRST_REST);
        if (failures >= most) {
            int doublings = Math.min(failures - most, MOST_DOUBLINGS);
            restsUntil = clock.instant().plus(FIRST_REST.multipliedBy(1L << doublings));
        }
    }
}
