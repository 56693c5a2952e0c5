package io.x402compute.simulation.world;

import java.time.Duration;
import java.util.List;

import io.x402compute.http.Json;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.Usage;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.protocol.Usdc;

/** Who runs models, and what that costs: now and then it fails, takes too long, or wants to be asked again. */
public final class HostileUpstream implements Upstreams, Tariff {
    public static final Usdc PRICE = new Usdc(100_000);
    /** By a run of what is metered. */
    public static final Usdc USED = new Usdc(37_000);
    public static final String METERED = "llm-4090";
    private static final Outcome.Completed RESULT = new Outcome.Completed(
            new Output(Json.object().put("text", "hello"), List.of()), Usage.of(Meter.REQUESTS, 1));

    private final Scheduler scheduler;
    private final Weather weather;
    private final Witness witness;

    HostileUpstream(Scheduler scheduler, Weather weather, Witness witness) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.witness = witness;
    }

    @Override
    public boolean serve(Service service) {
        return true;
    }

    @Override
    public Outcome run(JobId job, RunRequest request, Duration patience) {
        witness.running(job);
        long takes = weather.pick(6_000);
        if (!weather.strikes(weather.climate().provider(), "upstream is hostile")) {
            return after(takes, patience, RESULT);
        }
        return switch (weather.pick(5)) {
            case 0 -> after(takes, patience, new Outcome.Failed("upstream_failed"));
            case 1 -> after(takes, patience, new Outcome.Refused("no such model"));
            case 2 -> after(takes, patience, new Outcome.Accepted("jobs", job.toString(), 0));
            case 3 -> after(weather.pick(60_000), patience, RESULT);
            default -> new Outcome.Failed("upstream_busy");
        };
    }

    @Override
    public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        return weather.pick(3) == 0 ? accepted : after(weather.pick(900), patience, RESULT);
    }

    @Override
    public void stop(RunRequest request, Outcome.Accepted accepted) {
        // It goes on all the same.
    }

    private Outcome after(long takes, Duration patience, Outcome outcome) {
        scheduler.pause(Math.min(takes, patience.toMillis()));
        return takes > patience.toMillis() ? new Outcome.Failed("upstream_timeout") : outcome;
    }

    @Override
    public Estimate estimate(RunRequest request) {
        return new Estimate(PRICE, request.service().equals(METERED));
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        return request.service().equals(METERED) ? USED : PRICE;
    }
}
