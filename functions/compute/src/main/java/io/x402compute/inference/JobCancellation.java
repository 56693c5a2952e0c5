package io.x402compute.inference;

import java.time.Clock;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/**
 * Ends jobs that their buyers want no more. What has not begun is cancelled for certain. What runs is asked to stop by whoever looks at it next, and
 * ends as its upstream says: what is ready all the same is completed.
 */
public final class JobCancellation {
    private static final int TRIES = 5;

    private final Jobs jobs;
    private final Clock clock;

    public JobCancellation(Jobs jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The job as it is now; empty unless it is this buyer's. */
    public Optional<Job> cancel(JobId id, Wallet buyer) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Job> found = jobs.find(id)
                    .filter(job -> job.owner().equals(buyer) && !job.isExpired(clock.instant()));
            if (found.isEmpty() || !canStop(found.get())) {
                return found;
            }
            Job next = next(found.get());
            if (jobs.save(next)) {
                return Optional.of(next);
            }
        }
        throw new IllegalStateException("job %s is written again and again".formatted(id));
    }

    /** Nobody stops what its buyer waits for: that is over in seconds, and not paid yet. */
    private static boolean canStop(Job job) {
        return !job.state().isOver() && !job.isWaitedFor() && !job.progress().isStopping();
    }

    private Job next(Job job) {
        return job.state() == JobState.QUEUED ? job.cancelled(clock.instant()) : job.stopping();
    }
}
