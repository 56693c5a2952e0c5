package io.x402compute.inference;

import java.time.Instant;
import java.util.Optional;

/**
 * Whose turn it is at a job, and when.
 *
 * @param attempts how often it was begun
 * @param accepted what an upstream that has it knows it by
 * @param beganAt the latest of them; empty while it has never begun
 * @param endedAt when it was over, or when its result was first allowed to be seen if that was later; empty while it is not over
 * @param isStopping whether its buyer wants it no more
 * @param restsUntil until then somebody is at work on it, or nobody needs to be
 * @param attendAt when it is sent into the queue again, should nobody have come by then; {@link Instant#MAX} for never
 */
public record JobProgress(
        int attempts,
        Optional<Outcome.Accepted> accepted,
        Optional<Instant> beganAt,
        Optional<Instant> endedAt,
        boolean isStopping,
        Instant restsUntil,
        Instant attendAt) {

    static JobProgress waiting(Instant now, Instant attendAt) {
        return new JobProgress(0, Optional.empty(), Optional.empty(), Optional.empty(), false, now, attendAt);
    }

    static JobProgress waitedFor(Instant now, Instant leaseUntil) {
        return new JobProgress(1, Optional.empty(), Optional.of(now), Optional.empty(), false, leaseUntil, Instant.MAX);
    }

    JobProgress begun(Instant now, Instant leaseUntil) {
        return new JobProgress(attempts + 1, Optional.empty(), Optional.of(now), endedAt, isStopping, leaseUntil,
                leaseUntil);
    }

    JobProgress leased(Instant until) {
        return resting(until, until);
    }

    JobProgress accepted(Outcome.Accepted handle) {
        return new JobProgress(attempts, Optional.of(handle), beganAt, endedAt, isStopping, restsUntil, attendAt);
    }

    JobProgress stopping() {
        return new JobProgress(attempts, accepted, beganAt, endedAt, true, restsUntil, attendAt);
    }

    JobProgress resting(Instant until, Instant sendAgainAt) {
        return new JobProgress(attempts, accepted, beganAt, endedAt, isStopping, until, sendAgainAt);
    }

    JobProgress ended(Instant now) {
        return new JobProgress(attempts, accepted, beganAt, Optional.of(now), isStopping, restsUntil, attendAt);
    }

    /** What is over counts as over from now on. */
    JobProgress kept(Instant now) {
        return endedAt.isPresent() ? ended(now) : this;
    }

    /** Nobody needs to come any more. */
    JobProgress done() {
        return resting(Instant.MAX, Instant.MAX);
    }
}
