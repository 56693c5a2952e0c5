package io.x402compute.inference;

import java.time.Clock;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/**
 * Ends jobs that their buyers want no more. What has not begun is cancelled for certain; what runs is asked to stop, and ends as whoever runs it
 * says: what is ready all the same is completed.
 */
public final class JobCancellation {
    private static final int TRIES = 5;

    private final Jobs jobs;
    private final Upstreams upstreams;
    private final Clock clock;

    public JobCancellation(Jobs jobs, Upstreams upstreams, Clock clock) {
        this.jobs = jobs;
        this.upstreams = upstreams;
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
                return Optional.of(stopped(next));
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

    private Job stopped(Job job) {
        if (job.state() == JobState.RUNNING) {
            job.progress().accepted().ifPresent(handle -> upstreams.stop(job.request(), handle));
        }
        return job;
    }
}
