package io.x402compute.inference;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/** Runs, each written down as a job before anybody is asked to carry it out. */
public final class KeptRuns implements Runs {
    /** Longer than a function takes to stop after its deadline: then whoever held a job is certainly not at it any more. */
    static final Duration LEASE_MARGIN = Duration.ofSeconds(60);
    static final String INTERRUPTED = "interrupted";
    static final String TIMED_OUT = "upstream_timeout";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int SECRET_BYTES = 32;

    private final Jobs jobs;
    private final Upstreams upstreams;
    private final JobEndings endings;
    private final JobSending sending;
    private final Pause pause;
    private final Clock clock;

    /** @param pause between two looks at what an upstream has taken on */
    public KeptRuns(Jobs jobs, Upstreams upstreams, Tariff tariff, JobQueue queue, Pause pause, Clock clock) {
        this.jobs = jobs;
        this.upstreams = upstreams;
        this.endings = new JobEndings(jobs, tariff, clock);
        this.sending = new JobSending(jobs, queue, clock);
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return jobs.find(id).filter(job -> !job.isExpired(clock.instant()));
    }

    @Override
    public Job run(JobId id, Wallet owner, RunRequest request, Instant deadline) {
        Job fresh = Job.waitedFor(id, owner, request, clock.instant(), deadline.plus(LEASE_MARGIN));
        return jobs.insert(fresh).map(this::begunBefore).orElseGet(() -> attempt(fresh, deadline));
    }

    private Job begunBefore(Job job) {
        return job.isWaitedFor() && !job.rests(clock.instant()) ? endings.failed(job, INTERRUPTED) : job;
    }

    private Job attempt(Job job, Instant deadline) {
        Outcome outcome = upstreams.run(job.id(), job.request(), left(deadline));
        while (outcome instanceof Outcome.Accepted handle) {
            if (clock.instant().plus(LOOK_EVERY).isAfter(deadline)) {
                upstreams.stop(job.request(), handle);
                return endings.failed(job, TIMED_OUT);
            }
            pause.take(LOOK_EVERY);
            outcome = upstreams.look(job.request(), handle, left(deadline));
        }
        return switch (outcome) {
            case Outcome.Completed completed -> endings.completed(job, completed);
            case Outcome.Refused(String message) -> endings.refused(job, message);
            case Outcome.Failed(String code) -> endings.failed(job, code);
            case Outcome.Accepted handle -> throw new IllegalStateException("waited for " + handle.upstream());
        };
    }

    private Duration left(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Job enqueue(JobId id, Wallet owner, RunRequest request) {
        Optional<Notice> notice = request.webhook().map(url -> Notice.signedWith(secret()));
        Job fresh = Job.queued(id, owner, request, clock.instant(), sending.next(), notice);
        return jobs.insert(fresh).map(sending::again).orElseGet(() -> sending.first(fresh));
    }

    /** From a source made here: one that is older than the snapshot would give the same secrets wherever it is restored. */
    private static String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "whsec_" + HexFormat.of().formatHex(secret);
    }

    @Override
    public Job show(JobId id) {
        Job job = jobs.find(id).orElseThrow(() -> new IllegalStateException("job %s is gone".formatted(id)));
        return job.seen() ? job : endings.save(job, found -> found.shown(clock.instant()));
    }

    @Override
    public Job owed(JobId id, String order) {
        Job job = jobs.find(id).orElseThrow(() -> new IllegalStateException("job %s is gone".formatted(id)));
        return job.order().isPresent() ? job : endings.save(job, found -> found.owed(order));
    }
}
