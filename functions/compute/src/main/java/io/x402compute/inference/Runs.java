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
     * One that somebody else is at just now is RUNNING, and can be asked for again.
     *
     * @param deadline when it has failed, {@code upstream_timeout}, if it is not completed
     */
    Job run(JobId id, Wallet owner, RunRequest request, Instant deadline);

    /**
     * Has it run from the queue. It is paid: its result may be seen as soon as it is there. To ask again for one that waits does no harm.
     */
    Job enqueue(JobId id, Wallet owner, RunRequest request);

    /**
     * Lets its result be seen from now on, for a day.
     *
     * @throws IllegalStateException when it is gone
     */
    Job show(JobId id);

    /**
     * Notes that what was paid for it is owed back, so that whoever asks for it can be told what has become of the money.
     *
     * @param order by which that is found, which means nothing here
     * @throws IllegalStateException when it is gone
     */
    Job owed(JobId id, String order);
}
