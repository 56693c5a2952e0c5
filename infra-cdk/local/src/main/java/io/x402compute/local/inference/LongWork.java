package io.x402compute.local.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Work that takes its time: how far it is follows from the clock alone.
 *
 * @param takes how long, fate considered; nothing for what is done at once
 * @param cancelledAt when it was given up
 */
record LongWork(Instant begun, Duration takes, Fate fate, Optional<Instant> cancelledAt) {
    /** Nobody is free before. */
    private static final Duration QUEUE = Duration.ofSeconds(1);

    enum State {
        QUEUED, IN_PROGRESS, COMPLETED, FAILED, CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOver() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    static LongWork begun(Instant now, Duration usually, Fate fate) {
        return new LongWork(now, usually.multipliedBy(fate.slowness()), fate, Optional.empty());
    }

    State state(Instant now) {
        if (cancelledAt.isPresent()) {
            return State.CANCELLED;
        }
        if (!now.isBefore(doneAt())) {
            return fate.failure().isPresent() ? State.FAILED : State.COMPLETED;
        }
        return now.isBefore(begun.plus(QUEUE)) ? State.QUEUED : State.IN_PROGRESS;
    }

    int percent(Instant now) {
        if (!now.isBefore(doneAt())) {
            return 100;
        }
        return (int) Math.max(0, Duration.between(begun, now).toMillis() * 100 / takes.toMillis());
    }

    Instant doneAt() {
        return begun.plus(takes);
    }

    /** Given up, unless it is over. */
    LongWork cancelled(Instant now) {
        return state(now).isOver() ? this : new LongWork(begun, takes, fate, Optional.of(now));
    }
}
