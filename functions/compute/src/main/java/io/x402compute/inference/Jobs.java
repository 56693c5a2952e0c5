package io.x402compute.inference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where jobs are kept, and what they have brought. Every write of a job is conditional. */
public interface Jobs {
    /** The most that can be kept under one name, in bytes: with a third more for base64 it fits into what a function may answer. */
    int LONGEST_ATTACHMENT = 4 << 20;

    /** Strongly consistent. */
    Optional<Job> find(JobId id);

    /**
     * Adds a job.
     *
     * @return the one that was there already; empty when this one was written
     */
    Optional<Job> insert(Job fresh);

    /** Writes the next state; false when somebody else has written since: read again, do nothing outside. */
    boolean save(Job next);

    /** Those that are to be sent into the queue again, which have waited longest first. */
    List<JobId> due(Instant now);

    /**
     * Keeps bytes beside a job. They can be read once a job was saved that names them.
     *
     * @param attempt that brought them
     */
    KeptAttachment keep(JobId job, int attempt, Attachment attachment, Instant now);

    /**
     * What was kept.
     *
     * @return empty when it is there no more
     */
    Optional<byte[]> read(JobId job, KeptAttachment kept);
}
