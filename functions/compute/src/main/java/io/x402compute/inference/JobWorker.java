package io.x402compute.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Carries out jobs that come out of the queue. */
@FunctionalInterface
public interface JobWorker {

    /**
     * Does what there is to do for that job now.
     *
     * @param deadline when the function is stopped that does it
     * @return after how long the job is to come out of the queue once more; empty when it need not
     */
    Optional<Duration> work(JobId job, Instant deadline);
}
