package io.x402compute.inference;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Runs and what they cost, in memory: each is carried out once, and what an upstream makes of it can go wrong. */
public final class FakeRuns implements Runs, Tariff {
    public static final Service IMAGE = new Service("image-4090", "Images", Category.IMAGE, List.of("flux-schnell"),
            Work.BOUNDED);
    /** Costs less than it asks. */
    public static final Service METERED = new Service("llm-4090", "Text", Category.LLM, List.of(), Work.BOUNDED);
    public static final Service VIDEO = new Service("video", "Video", Category.VIDEO, List.of(), Work.QUEUED);
    public static final Usdc PRICE = new Usdc(10_000);
    public static final Usdc USED = new Usdc(4_000);
    /** Longer than anybody can be at a run. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Clock clock;
    private final Map<JobId, Job> jobs = new LinkedHashMap<>();
    private final Map<JobId, Instant> begun = new LinkedHashMap<>();
    private final Deque<String> failures = new ArrayDeque<>();
    private final List<JobId> calls = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private boolean unsold;

    public FakeRuns(Clock clock) {
        this.clock = clock;
    }

    /** The next run fails for that reason. */
    public void failsNext(String code) {
        failures.add(code);
    }

    /** What happens while the next run is carried out. */
    public void duringNext(Runnable event) {
        meanwhile = event;
    }

    /** From now on nobody can run anything here. */
    public void withoutUpstream() {
        unsold = true;
    }

    /** The day of every result is over. */
    public void forgetAll() {
        jobs.clear();
    }

    /** What upstreams were asked to do. */
    public List<JobId> calls() {
        return List.copyOf(calls);
    }

    public List<Job> all() {
        return List.copyOf(jobs.values());
    }

    public Job only() {
        return jobs.values().iterator().next();
    }

    /** As whoever works the queue off. */
    public void workQueue() {
        all().stream().filter(job -> job.state() == JobState.QUEUED).forEach(job -> carriedOut(job.id()));
    }

    @Override
    public Estimate estimate(RunRequest request) {
        if (unsold) {
            throw new ApiException(503, "service_unavailable", "Nobody can run that here");
        }
        return new Estimate(PRICE, request.service().equals(METERED.key()));
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        return request.service().equals(METERED.key()) ? USED : PRICE;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public Job run(JobId id, Wallet owner, RunRequest request, Instant deadline) {
        Job known = jobs.get(id);
        if (known == null) {
            add(id, owner, request, JobState.RUNNING);
            begun.put(id, clock.instant());
            return clock.instant().isBefore(deadline) ? carriedOut(id) : failed(id, "upstream_timeout");
        }
        boolean abandoned = known.state() == JobState.RUNNING && clock.instant().isAfter(begun.get(id).plus(LEASE));
        return abandoned ? failed(id, "interrupted") : known;
    }

    @Override
    public Job enqueue(JobId id, Wallet owner, RunRequest request) {
        return find(id).orElseGet(() -> add(id, owner, request, JobState.QUEUED));
    }

    @Override
    public Job show(JobId id) {
        Job job = jobs.get(id);
        return put(new Job(id, job.owner(), job.request(), job.state(), job.result(), job.cost(), job.failure(), true,
                job.createdAt(), job.version() + 1));
    }

    private Job carriedOut(JobId id) {
        calls.add(id);
        Runnable event = meanwhile;
        meanwhile = () -> {};
        event.run();
        return Optional.ofNullable(failures.poll()).map(code -> failed(id, code)).orElseGet(() -> completed(id));
    }

    private Job completed(JobId id) {
        Job job = jobs.get(id);
        ObjectNode result = Json.object().put("url", "https://results/" + id);
        return put(new Job(id, job.owner(), job.request(), JobState.COMPLETED, Optional.of(result),
                Optional.of(cost(job.request(), Usage.of(Meter.REQUESTS, 1))), Optional.empty(), job.seen(),
                job.createdAt(), job.version() + 1));
    }

    private Job failed(JobId id, String code) {
        Job job = jobs.get(id);
        return put(new Job(id, job.owner(), job.request(), JobState.FAILED, Optional.empty(), Optional.empty(),
                Optional.of(code), job.seen(), job.createdAt(), job.version() + 1));
    }

    private Job add(JobId id, Wallet owner, RunRequest request, JobState state) {
        return put(new Job(id, owner, request, state, Optional.empty(), Optional.empty(), Optional.empty(), false,
                clock.instant(), 1));
    }

    private Job put(Job job) {
        jobs.put(job.id(), job);
        return job;
    }
}
