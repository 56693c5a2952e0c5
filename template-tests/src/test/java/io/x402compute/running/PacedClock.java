package io.x402compute.running;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.x402compute.vultr.Pace;

/** Time that passes only while somebody sleeps: as much of it as the sleeper who sleeps longest wants. */
@SuppressWarnings("ThreadLocalUsage") // of one clock, for as long as its test
final class PacedClock extends Clock implements Pace.Time {
    private final ThreadLocal<Instant> lastLook = new ThreadLocal<>();
    private final Instant begin;
    private Instant now;

    PacedClock(Instant begin) {
        this.begin = begin;
        this.now = begin;
    }

    /** Not backwards. */
    synchronized void advanceTo(Instant then) {
        now = then.isAfter(now) ? then : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public long nanos() {
        lastLook.set(instant());
        return Duration.between(begin, lastLook.get()).toNanos();
    }

    /** Counted from when the sleeper has looked at the time, and so decided how long to sleep. */
    @Override
    public void sleep(Duration duration) {
        advanceTo(lastLook.get().plus(duration));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
