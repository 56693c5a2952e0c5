package io.x402compute.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Real time plus an offset that tests and people can move forward, never back. The functions find it as the {@link
 * Clock} service. All instances show the same time, for the functions make their own; so one process has one local
 * time, whatever runs in it.
 */
public final class LocalClock extends Clock {
    private static final AtomicReference<Duration> OFFSET = new AtomicReference<>(Duration.ZERO);

    private final ZoneId zone;

    public LocalClock() {
        this(ZoneOffset.UTC);
    }

    private LocalClock(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Sets the time of every instance, before anything has looked at it. A local run that begins in the past can be
     * moved ahead and end up in the present, where clients outside, with clocks of their own, can use it.
     */
    static void startBehind(Duration realTime) {
        OFFSET.set(realTime.negated());
    }

    /** Moves the time of every instance; what depends on time passing, such as schedules, is not told here. */
    public static void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        OFFSET.accumulateAndGet(by, Duration::plus);
    }

    /** How far it is ahead of real time; negative while it is behind. */
    public static Duration offset() {
        return OFFSET.get();
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(OFFSET.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new LocalClock(other);
    }
}
