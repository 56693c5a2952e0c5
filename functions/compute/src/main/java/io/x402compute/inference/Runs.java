package io.x402compute.inference;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/**
 * Carries out what was ordered, once: whoever asks for the same run again gets what has become of it. Its result is kept, and is shown to nobody
 * before {@link #show}.
 */
public interface Runs {

    /** Strongly consistent; empty if nobody has asked for it yet, or its day is over. */
    Optional<Job> find(JobId id);

    /**
     * Runs it while its buyer waits. One that somebody has begun who is gone has failed ({@code interrupted}): nobody knows what came of it.
     *
     * @param deadline when it has failed, {@code upstream_timeout}, if it is not completed
     */
    Job run(JobId id, Wallet owner, RunRequest request, Instant deadline);

    /** Has it run from the queue. */
    Job enqueue(JobId id, Wallet owner, RunRequest request);

    /** Lets its result be seen from now on. */
    Job show(JobId id);
}
