package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Works off what comes out of the queue. A job that is under way is sent again, as a new message. A message that nothing came of comes back by itself
 * once nobody can be at its job any more, until SQS has delivered it so often that it puts it aside.
 */
public final class JobDelivery {
    /** The lease on a job's row ends a minute after the deadline; what came back before would find it taken, and be done with. */
    private static final Duration AFTER_ANY_LEASE = Duration.ofSeconds(90);

    private final JobWorker worker;
    private final SqsJobQueue queue;
    private final Clock clock;

    public JobDelivery(JobWorker worker, SqsJobQueue queue, Clock clock) {
        this.worker = worker;
        this.queue = queue;
        this.clock = clock;
    }

    /** What came of a message. */
    public enum Handling {
        /** It can be deleted. */
        DONE,
        /** It can be deleted: there is another one for its job. */
        SENT_AGAIN,
        /** It names no job. Somebody should look at it. */
        NO_JOB
    }

    /**
     * Takes one delivery. Whatever is thrown, the message must be left in the queue.
     *
     * @param body of the message
     * @param receipt what SQS calls this delivery
     * @param deadline when the function is stopped
     */
    public Handling take(String body, String receipt, Instant deadline) {
        // The queue itself would hide it for the time of several functions.
        queue.bringBack(receipt, Duration.between(clock.instant(), deadline).plus(AFTER_ANY_LEASE));
        return JobId.parse(body).map(job -> work(job, deadline)).orElse(Handling.NO_JOB);
    }

    private Handling work(JobId job, Instant deadline) {
        Optional<Duration> next = worker.work(job, deadline);
        next.ifPresent(delay -> queue.send(job, delay));
        return next.isPresent() ? Handling.SENT_AGAIN : Handling.DONE;
    }
}
