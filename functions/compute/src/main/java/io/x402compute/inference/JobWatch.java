package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks at jobs for whoever knows their ids, and changes nothing. */
public final class JobWatch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Pause pause;
    private final Clock clock;

    public JobWatch(Jobs jobs, Pause pause, Clock clock) {
        this.jobs = jobs;
        this.pause = pause;
        this.clock = clock;
    }

    /** The job as it is; empty if there is none of that id, or its day is over. */
    public Optional<Job> find(JobId id) {
        return jobs.find(id).filter(job -> !job.isExpired(clock.instant()));
    }

    /** The job as soon as there is something to be told of it, or as it is after waiting for so long. */
    public Optional<Job> find(JobId id, Duration patience) {
        Optional<Job> job = find(id);
        Duration waited = Duration.ZERO;
        while (job.filter(Job::isPending).isPresent() && waited.compareTo(patience) < 0) {
            pause.take(LOOK_EVERY);
            waited = waited.plus(LOOK_EVERY);
            job = find(id);
        }
        return job;
    }

    /** What a result has under that name beside its JSON; empty while it may not be seen. */
    public Optional<Attachment> attachment(JobId id, String field) {
        return find(id).filter(job -> !job.isPending()).flatMap(job -> job.attachment(field))
                .flatMap(kept -> jobs.read(id, kept).map(bytes -> new Attachment(field, kept.mediaType(), bytes)));
    }
}
