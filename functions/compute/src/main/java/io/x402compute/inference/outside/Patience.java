package io.x402compute.inference.outside;

import java.time.Duration;

/** How long to wait for several things together. Measured in elapsed time, which unlike a clock never jumps. */
public final class Patience {
    private final long end;

    private Patience(long end) {
        this.end = end;
    }

    public static Patience of(Duration whole) {
        return new Patience(System.nanoTime() + whole.toNanos());
    }

    /** Never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean isOver() {
        return left().isZero();
    }
}
