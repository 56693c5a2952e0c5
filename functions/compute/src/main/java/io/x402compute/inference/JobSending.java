package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends jobs into the queue, and those again that nobody has come for: a send may be lost between the row and the queue, and a message behind
 * it. Each is preceded by a write that says when the next one is due, so that jobs that wait in a long queue are not sent ever more often.
 */
public final class JobSending {
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private final Jobs jobs;
    private final JobQueue queue;
    private final Clock clock;

    public JobSending(Jobs jobs, JobQueue queue, Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.clock = clock;
    }

    /** When one that is sent now is sent again, should nobody come for it. */
    Instant next() {
        return clock.instant().plus(AGAIN_AFTER);
    }

    Job first(Job fresh) {
        queue.send(fresh.id(), Duration.ZERO);
        return fresh;
    }

    /** Sends the job again if that is due. */
    Job again(Job job) {
        if (clock.instant().isBefore(job.progress().attendAt())) {
            return job;
        }
        Job next = job.sentAgain(next());
        return jobs.save(next) ? first(next) : jobs.find(job.id()).orElseThrow();
    }

    /**
     * Sends all again that are due, until time is up; what is left stays due for the next run.
     *
     * @return how many were due
     */
    public long sendDue(Instant deadline) {
        long sent = 0;
        for (JobId id : jobs.due(clock.instant())) {
            if (!clock.instant().isBefore(deadline)) {
                break;
            }
            jobs.find(id).ifPresent(this::again);
            sent++;
        }
        return sent;
    }
}
