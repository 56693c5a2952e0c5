package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Works on the jobs that come out of the queue, one step each time: begins a run, looks how far it is, tells of its end. What comes out a second
 * time while somebody is at it, or before there is anything to do, is left alone, so that a job has one message going round and not many.
 */
public final class RunWorker implements JobWorker {
    static final int MOST_ATTEMPTS = 3;
    /** A run that takes longer has failed. */
    static final Duration LONGEST_RUN = Duration.ofHours(1);
    /** The longest that a queue holds a message back; what is to be done later is sent again when it is due. */
    static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(30);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    /** Kept of the function's time for writing down what came of it. */
    private static final Duration TO_WRITE = Duration.ofSeconds(5);
    /** What is held back for a second longer is never too early, whatever the clocks of two machines say. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Upstreams upstreams;
    private final JobEndings endings;
    private final JobSending sending;
    private final Notices notices;
    private final Clock clock;

    public RunWorker(Jobs jobs, Upstreams upstreams, Tariff tariff, JobQueue queue, Notices notices, Clock clock) {
        this.jobs = jobs;
        this.upstreams = upstreams;
        this.endings = new JobEndings(jobs, tariff, clock);
        this.sending = new JobSending(jobs, queue, clock);
        this.notices = notices;
        this.clock = clock;
    }

    /** Comes back after 15 minutes at most. */
    @Override
    public Optional<Duration> work(JobId id, Instant deadline) {
        return jobs.find(id).filter(job -> !job.rests(clock.instant())).flatMap(job -> switch (job.state()) {
            case QUEUED -> begin(job, deadline);
            case RUNNING -> job.progress().accepted().map(handle -> look(job, handle, deadline))
                    .orElseGet(() -> beginAgain(job, deadline));
            case COMPLETED, FAILED, CANCELLED -> notices.tell(job, deadline);
        });
    }

    /** Whoever was at it is gone, and has left nothing to ask an upstream for. */
    private Optional<Duration> beginAgain(Job job, Instant deadline) {
        if (job.isWaitedFor()) {
            return Optional.empty();
        }
        if (job.progress().isStopping()) {
            return over(cancelled(job), deadline);
        }
        return job.progress().attempts() < MOST_ATTEMPTS
                ? begin(job, deadline)
                : over(endings.failed(job, KeptRuns.INTERRUPTED), deadline);
    }

    private Optional<Duration> begin(Job job, Instant deadline) {
        Job begun = job.begun(clock.instant(), deadline.plus(KeptRuns.LEASE_MARGIN));
        if (!jobs.save(begun)) {
            return Optional.empty();
        }
        return switch (upstreams.run(job.id(), job.request(), patience(deadline))) {
            case Outcome.Completed completed -> over(endings.completed(begun, completed), deadline);
            case Outcome.Accepted handle -> accepted(begun, handle);
            case Outcome.Refused(String message) -> over(endings.refused(begun, message), deadline);
            case Outcome.Failed(String code) -> failed(begun, code, deadline);
        };
    }

    /** What timed out may have been run, and costs the operator once more. */
    private Optional<Duration> failed(Job begun, String code, Instant deadline) {
        boolean hopeless = code.equals(KeptRuns.TIMED_OUT) || begun.progress().attempts() >= MOST_ATTEMPTS;
        Job left = endings.save(begun, job -> {
            if (job.progress().isStopping()) {
                return job.cancelled(clock.instant());
            }
            return hopeless
                    ? job.failed(code, Optional.empty(), clock.instant())
                    : job.putBack(clock.instant().plus(BEFORE_RETRY), sending.next());
        });
        return left.state() == JobState.QUEUED ? Optional.of(BEFORE_RETRY.plus(MARGIN)) : over(left, deadline);
    }

    private Optional<Duration> look(Job job, Outcome.Accepted handle, Instant deadline) {
        Job taken = job.taken(deadline.plus(KeptRuns.LEASE_MARGIN));
        if (!jobs.save(taken)) {
            return Optional.empty();
        }
        if (job.progress().isStopping()) {
            upstreams.stop(job.request(), handle);
        }
        return switch (upstreams.look(job.request(), handle, patience(deadline))) {
            case Outcome.Completed completed -> over(endings.completed(taken, completed), deadline);
            case Outcome.Accepted further -> took(taken).compareTo(LONGEST_RUN) < 0
                    ? accepted(taken, further)
                    : giveUp(taken, further, deadline);
            case Outcome.Refused(String message) -> over(endings.refused(taken, message), deadline);
            case Outcome.Failed(String code) -> over(ended(taken, code), deadline);
        };
    }

    private Optional<Duration> accepted(Job running, Outcome.Accepted handle) {
        Duration pause = untilNextLook(running);
        Job saved = endings.save(running,
                job -> job.accepted(handle, clock.instant().plus(pause), sending.next()));
        return saved.state() == JobState.RUNNING ? Optional.of(pause.plus(MARGIN)) : Optional.empty();
    }

    private Optional<Duration> giveUp(Job running, Outcome.Accepted handle, Instant deadline) {
        upstreams.stop(running.request(), handle);
        return over(ended(running, KeptRuns.TIMED_OUT), deadline);
    }

    /** What was asked to stop and did not come to an end has stopped. */
    private Job ended(Job running, String code) {
        return endings.save(running, job -> job.progress().isStopping()
                ? job.cancelled(clock.instant())
                : job.failed(code, Optional.empty(), clock.instant()));
    }

    private Job cancelled(Job running) {
        return endings.save(running, job -> job.cancelled(clock.instant()));
    }

    private Optional<Duration> over(Job ended, Instant deadline) {
        return ended.state().isOver() ? notices.tell(ended, deadline) : Optional.empty();
    }

    /** The longer the longer it takes. */
    private Duration untilNextLook(Job running) {
        Duration tenth = took(running).dividedBy(10);
        if (tenth.compareTo(SHORTEST_LOOK) < 0) {
            return SHORTEST_LOOK;
        }
        return tenth.compareTo(LONGEST_LOOK) < 0 ? tenth : LONGEST_LOOK;
    }

    private Duration took(Job running) {
        return Duration.between(running.progress().beganAt().orElseThrow(), clock.instant());
    }

    private Duration patience(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline).minus(TO_WRITE);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
