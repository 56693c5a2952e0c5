package io.x402compute.running;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.x402compute.vultr.Pace;

/** Time as the pace knows it that the provider is asked at: whoever has to wait for his turn has waited already. */
public final class Unhurried implements Pace.Time {
    private final AtomicLong slept = new AtomicLong();

    @Override
    public long nanos() {
        return System.nanoTime() + slept.get();
    }

    @Override
    public void sleep(Duration duration) {
        slept.addAndGet(duration.toNanos());
    }
}
