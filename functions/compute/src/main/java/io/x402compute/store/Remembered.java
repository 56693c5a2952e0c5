package io.x402compute.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A value read from outside and kept for a while: the only mutable state of a function. Thread-safe; two threads that find it
 * too old may both read it again. A failed reading is not remembered.
 */
public final class Remembered<T> {
    private final AtomicReference<Reading<T>> last = new AtomicReference<>();
    private final Clock clock;
    private final Duration keep;
    private final Supplier<T> source;

    private record Reading<T>(T value, Instant until) {}

    /** @param keep how old a value may get */
    public Remembered(Clock clock, Duration keep, Supplier<T> source) {
        this.clock = clock;
        this.keep = keep;
        this.source = source;
    }

    public T get() {
        Reading<T> known = last.get();
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.until())) {
            return known.value();
        }
        T value = source.get();
        last.set(new Reading<>(value, now.plus(keep)));
        return value;
    }

    public void forget() {
        last.set(null);
    }
}
