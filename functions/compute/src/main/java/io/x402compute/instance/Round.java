package io.x402compute.instance;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One and the same counterpart is asked for many instances, until time is up or it answers no more: then the others only have
 * to wait for their turn another time, and not for its silence.
 */
final class Round {
    /** Each may cost all the patience that a call has. */
    private static final int ENOUGH_SILENCE = 3;

    private final Workers workers;
    private final Clock clock;
    private final Instant until;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** @param until when the last may begin */
    Round(Workers workers, Clock clock, Instant until) {
        this.workers = workers;
        this.clock = clock;
        this.until = until;
    }

    /** The latest of each; those whose turn did not come, or failed, are as they were. */
    List<Instance> each(List<Instance> instances, Function<Instance, Attempt> step) {
        return workers.each(instances, instance -> isOver() ? instance : take(step, instance));
    }

    private Instance take(Function<Instance, Attempt> step, Instance instance) {
        try {
            Attempt attempt = step.apply(instance);
            unanswered.updateAndGet(before -> attempt.answered() ? 0 : before + 1);
            return attempt.latest();
        } catch (RuntimeException e) {
            // Of no consequence for its other steps: a machine whose credit cannot be entered is deleted all the same.
            workers.failed(e);
            return instance;
        }
    }

    private boolean isOver() {
        return unanswered.get() >= ENOUGH_SILENCE || clock.instant().isAfter(until);
    }
}
