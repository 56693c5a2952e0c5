package io.x402compute.local.provider;

import java.time.Duration;
import java.time.Instant;

/** Whether a machine runs. Changes show late, and none of them ends what it costs. */
final class Power {
    private static final Duration TO_RUN = Duration.ofSeconds(15);

    private final Duration toStop;
    private boolean on = true;
    private Instant changed = Instant.EPOCH;

    /** @param id takes the same time to stop every time: 4 to 19 s, as measured */
    Power(String id) {
        toStop = Duration.ofSeconds(4 + Math.floorMod(id.hashCode(), 16));
    }

    void turn(boolean wanted, Instant now) {
        if (on != wanted) {
            on = wanted;
            changed = now;
        }
    }

    String status(Instant now) {
        boolean done = !now.isBefore(changed.plus(on ? TO_RUN : toStop));
        return on == done ? "running" : "stopped";
    }
}
