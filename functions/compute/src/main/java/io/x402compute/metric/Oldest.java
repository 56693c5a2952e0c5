package io.x402compute.metric;

import java.time.Duration;
import java.time.Instant;

/** Counts things of one kind and remembers since when the oldest of them is there. */
public final class Oldest {
    private final Instant now;
    private Instant since;
    private long count;

    public Oldest(Instant now) {
        this.now = now;
        this.since = now;
    }

    public void add(Instant begun) {
        count++;
        since = begun.isBefore(since) ? begun : since;
    }

    /** Zero if there is none. */
    public Gauge age(Metric metric) {
        return Gauge.of(metric, Duration.between(since, now));
    }

    public Gauge count(Metric metric) {
        return Gauge.of(metric, count);
    }
}
