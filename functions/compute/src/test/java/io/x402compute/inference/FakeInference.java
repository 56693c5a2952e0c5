package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.order.Crashes;
import io.x402compute.x402.protocol.Usdc;

/** A few services over jobs in memory, and an upstream for them of which anything may come. */
public final class FakeInference implements Upstreams, Tariff {
    public static final Usdc PRICE = new Usdc(10_000);
    /** By a run of what is metered. */
    public static final Usdc USED = new Usdc(4_000);
    private static final Services SERVICES = Services.read();
    public static final Service IMAGE = service("image-4090");
    public static final Service METERED = service("llm-4090");
    public static final Service VIDEO = service("video");

    private final Clock clock;
    private final FakeJobs jobs = new FakeJobs();
    private final FakeJobQueue queue = new FakeJobQueue();
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private final List<JobId> calls = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private boolean unsold;
    private Usdc price = PRICE;
    private Usdc used = USED;

    public FakeInference(Clock clock) {
        this.clock = clock;
    }

    /** As a function has it that may die at each call of what is outside of it. */
    public Runs runs(Crashes crashes) {
        return new KeptRuns(crashes.around(Jobs.class, jobs), crashes.around(Upstreams.class, this), this,
                crashes.around(JobQueue.class, queue), pause -> {}, clock);
    }

    /** The next run fails for that reason. */
    public void failsNext(String code) {
        outcomes.add(new Outcome.Failed(code));
    }

    /** The next run brings that. */
    public void bringsNext(ObjectNode fields) {
        outcomes.add(new Outcome.Completed(new Output(fields, List.of()), Usage.of(Meter.REQUESTS, 1)));
    }

    /** The next input is not one that can be run. */
    public void refusesNext(String message) {
        outcomes.add(new Outcome.Refused(message));
    }

    /** What happens while the next run is carried out. */
    public void duringNext(Runnable event) {
        meanwhile = event;
    }

    /** From now on nobody can run anything here. */
    public void withoutUpstream() {
        unsold = true;
    }

    /** From now on. */
    public void costs(Usdc other) {
        price = other;
    }

    /** From now on, by a run of what is metered. */
    public void uses(Usdc other) {
        used = other;
    }

    /** What upstreams were asked to do. */
    public List<JobId> calls() {
        return List.copyOf(calls);
    }

    public FakeJobs jobs() {
        return jobs;
    }

    /** As whoever works the queue off. */
    public void workQueue() {
        RunWorker worker = new RunWorker(jobs, this, this, queue, new Notices(jobs, new FakeReceiver(), "", clock),
                clock);
        jobs.all().stream().filter(job -> job.state() == JobState.QUEUED)
                .forEach(job -> worker.work(job.id(), clock.instant().plusSeconds(60)));
    }

    @Override
    public boolean serve(Service service) {
        return !unsold;
    }

    @Override
    public Outcome run(JobId job, RunRequest request, Duration patience) {
        calls.add(job);
        Runnable event = meanwhile;
        meanwhile = () -> {};
        event.run();
        return Optional.ofNullable(outcomes.poll()).orElseGet(() -> new Outcome.Completed(
                new Output(Json.object().put("url", "https://results/" + job), List.of()),
                Usage.of(Meter.REQUESTS, 1)));
    }

    @Override
    public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        throw new AssertionError("nothing is accepted here");
    }

    @Override
    public void stop(RunRequest request, Outcome.Accepted accepted) {
        throw new AssertionError("nothing is accepted here");
    }

    @Override
    public Estimate estimate(RunRequest request) {
        if (unsold) {
            throw new ApiException(503, "service_unavailable", "Nobody can run that here");
        }
        return new Estimate(price, request.service().equals(METERED.key()));
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        return request.service().equals(METERED.key()) ? used : price;
    }

    private static Service service(String key) {
        return SERVICES.find(key).orElseThrow();
    }
}
