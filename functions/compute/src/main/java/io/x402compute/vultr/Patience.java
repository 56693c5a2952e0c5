package io.x402compute.vultr;

import java.time.Duration;

/** What is left of the time a caller has for one call with all its pages and repetitions. */
final class Patience {
    private final Pace.Time time;
    private final long end;

    Patience(Pace.Time time, Duration whole) {
        this.time = time;
        this.end = time.nanos() + whole.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - time.nanos()));
    }

    boolean covers(Duration wait) {
        return left().compareTo(wait) > 0;
    }
}
