package io.x402compute.local.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.x402compute.local.template.Throttle;

/** The requests that a route may still take. A clock that is moved ahead fills it, as waiting that long would. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Throttle throttle;
    private final Clock clock;
    private double tokens;
    private Instant filled;

    TokenBucket(Throttle throttle, Clock clock) {
        this.throttle = throttle;
        this.clock = clock;
        this.tokens = throttle.burst();
        this.filled = clock.instant();
    }

    /** Takes one; false when there is none. */
    synchronized boolean take() {
        fill();
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void fill() {
        Instant now = clock.instant();
        // The machine's own clock can be set back.
        if (now.isAfter(filled)) {
            Duration passed = Duration.between(filled, now);
            double refill = (passed.toSeconds() + passed.toNanosPart() / NANOS_PER_SECOND)
                    * throttle.requestsPerSecond();
            tokens = Math.min(throttle.burst(), tokens + refill);
            filled = now;
        }
    }
}
