package io.x402compute.vultr;

import java.time.Duration;

/** Time that passes only by being slept through. */
final class TestTime implements Pace.Time {
    private long now = Long.MAX_VALUE - 5;
    private Duration slept = Duration.ZERO;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        slept = slept.plus(duration);
        now += duration.toNanos();
    }

    synchronized Duration slept() {
        return slept;
    }
}
