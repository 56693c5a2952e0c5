package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.inference.Job;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Runs;
import io.x402compute.inference.Work;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Usdc;

/**
 * Delivers runs. A short one that is paid by a signature is run first: its result is kept back until the money is here. All else is
 * paid first. Only the request that placed an order waits for a run of it: whoever takes it up later leaves it to the queue, or finds
 * out what has become of it.
 */
public final class RunFulfilment implements Fulfilment {
    /** What a short run may take. */
    static final Duration LONGEST_RUN = Duration.ofSeconds(20);
    /** Why part of the price is given back, a machine code. */
    static final String REASON = "unused_ceiling";
    /** Nobody knows what came of it: whoever ran it is gone. */
    static final String INTERRUPTED = "interrupted";
    private static final String UNTOLD = "unknown";
    /** Kept for settling what was run. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(8);
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    /** With less time than that left a run would not be worth beginning. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);

    private final Runs runs;
    private final Credits credits;
    private final Clock clock;

    public RunFulfilment(Runs runs, Credits credits, Clock clock) {
        this.runs = runs;
        this.credits = credits;
        this.clock = clock;
    }

    /** Whether it is run before its money is asked for: what is signed can be asked for later, and what is short keeps. */
    boolean precedesPayment(Claim claim) {
        return claim.payment().isPresent() && OrderedRun.of(claim).work() == Work.BOUNDED;
    }

    /** Runs what is not paid yet, for whoever waits. */
    RunOutcome run(Claim running, Errand errand) {
        OrderedRun run = OrderedRun.of(running);
        Instant deadline = earlier(clock.instant().plus(LONGEST_RUN), errand.deadline().minus(TO_SETTLE));
        return outcome(running, brought(runs.run(run.job(), running.payer(), run.request(), deadline), errand));
    }

    /** What became of that run, whose runner is gone. It is never run again. */
    RunOutcome lookUp(Claim running, Errand errand) {
        return known(running)
                .map(job -> outcome(running, brought(job, errand)))
                .orElseGet(() -> new RunOutcome.Failed(INTERRUPTED));
    }

    private static RunOutcome outcome(Claim running, Job job) {
        return switch (job.state()) {
            case COMPLETED -> new RunOutcome.Ran(taking(running, job));
            case FAILED -> new RunOutcome.Failed(job.failure().orElse(UNTOLD));
            case QUEUED, RUNNING, CANCELLED -> new RunOutcome.Failed(INTERRUPTED);
        };
    }

    /** Who has signed a maximum pays what it has cost; all others what they have signed. */
    private static Usdc taking(Claim running, Job job) {
        Usdc ceiling = running.ceiling();
        return running.payment().flatMap(Payment::metered).flatMap(most -> job.cost())
                .filter(cost -> cost.compareTo(ceiling) < 0).orElse(ceiling);
    }

    /** Nobody has to hold a model back for us: if it cannot be run, the money goes back. */
    @Override
    public boolean reserve(Claim claim) {
        return true;
    }

    @Override
    public Delivery deliver(Claim settled, Errand errand) {
        return errand.job()
                .or(() -> errand.isFirst() ? Optional.empty() : known(settled))
                .or(() -> begun(settled, errand))
                .map(job -> delivery(settled, brought(job, errand)))
                .orElseGet(() -> new Delivery.Impossible(RefundReason.RUN_FAILED));
    }

    private Delivery delivery(Claim settled, Job job) {
        return switch (job.state()) {
            case QUEUED, RUNNING -> new Delivery.Underway();
            case COMPLETED -> {
                if (!job.seen()) {
                    runs.show(job.id());
                }
                giveRestBack(settled, job);
                yield new Delivery.Done();
            }
            case FAILED, CANCELLED -> {
                runs.owed(job.id(), settled.key().value());
                yield new Delivery.Impossible(RefundReason.RUN_FAILED);
            }
        };
    }

    /** Empty where it was run before, or should have been long ago, and there is nothing left of it. */
    private Optional<Job> begun(Claim settled, Errand errand) {
        boolean over = settled.progress().taking().isPresent()
                || clock.instant().isAfter(settled.claimedAt().plus(Job.KEPT));
        return over ? Optional.empty() : Optional.of(begin(settled, OrderedRun.of(settled), errand));
    }

    private Job begin(Claim settled, OrderedRun run, Errand errand) {
        Instant now = clock.instant();
        Instant deadline = earlier(now.plus(LONGEST_RUN), errand.deadline().minus(TO_ANSWER));
        boolean awaited = run.work() == Work.BOUNDED && errand.isFirst() && deadline.isAfter(now.plus(SHORTEST_WAIT));
        return awaited
                ? runs.run(run.job(), settled.payer(), run.request(), deadline)
                : runs.enqueue(run.job(), settled.payer(), run.request());
    }

    /** As it is; a short one that its request has left in the middle is over, which is written down by asking for it again. */
    private Optional<Job> known(Claim claim) {
        OrderedRun run = OrderedRun.of(claim);
        return runs.find(run.job()).map(job -> job.state() == JobState.RUNNING && run.work() == Work.BOUNDED
                ? runs.run(run.job(), claim.payer(), run.request(), clock.instant())
                : job);
    }

    private void giveRestBack(Claim settled, Job job) {
        Usdc taken = settled.amount();
        job.cost().filter(cost -> OrderedRun.of(settled).metered() && cost.compareTo(taken) < 0)
                .ifPresent(cost -> credits.give(settled.payer(), taken.minus(cost), settled.order().orderId(), REASON,
                        clock.instant()));
    }

    private static Job brought(Job job, Errand errand) {
        errand.brought(job);
        return job;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
