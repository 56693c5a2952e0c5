package io.x402compute.vultr;

import java.time.Duration;
import java.util.ServiceLoader;

/**
 * How fast we may ask: so many requests a second after a burst of as many, and not at all while the provider wants to be left
 * alone. It allows 30 a second for each source address, which other functions may share with us.
 */
public final class Pace {
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final int POLITE = 10;

    private final Time time;
    private final long burst;
    private final long interval;
    private boolean begun;
    private long full;
    private long silentUntil;

    /** Elapsed time, which unlike a clock never jumps. Found as a service, else the system's: tests need not wait. */
    public interface Time {

        /** Nanoseconds since some moment. */
        long nanos();

        void sleep(Duration duration) throws InterruptedException;
    }

    public Pace(int requestsPerSecond) {
        this(ServiceLoader.load(Time.class).findFirst().orElseGet(Elapsed::new), requestsPerSecond);
    }

    public Pace(Time time) {
        this(time, POLITE);
    }

    private Pace(Time time, int requestsPerSecond) {
        this.time = time;
        this.burst = requestsPerSecond;
        this.interval = Duration.ofSeconds(1).dividedBy(requestsPerSecond).toNanos();
    }

    Time time() {
        return time;
    }

    /**
     * Waits for the next free place, unless that takes longer than the caller has patience for.
     *
     * @return how much too long it would take; zero when the request may go now
     */
    Duration await(Duration patience) throws InterruptedException {
        Duration wait = reserve(patience);
        if (wait.compareTo(patience) > 0) {
            return wait;
        }
        if (wait.isPositive()) {
            time.sleep(wait);
        }
        return Duration.ZERO;
    }

    /** The provider answered "too many": nobody asks before then. Its wish is honoured for a minute at most. */
    synchronized Duration silence(Duration wish) {
        Duration silence = wish.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : wish;
        begin();
        silentUntil = later(silentUntil, time.nanos() + silence.toNanos());
        return silence;
    }

    private synchronized Duration reserve(Duration patience) {
        begin();
        long now = time.nanos();
        long start = later(later(now, full - (burst - 1) * interval), silentUntil);
        Duration wait = Duration.ofNanos(start - now);
        if (wait.compareTo(patience) <= 0) {
            full = later(full, start) + interval;
        }
        return wait;
    }

    /** Not in the constructor: this object may be older than the machine it runs on, which was restored from a snapshot. */
    private void begin() {
        if (!begun) {
            begun = true;
            full = time.nanos();
            silentUntil = full;
        }
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static final class Elapsed implements Time {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    }
}
