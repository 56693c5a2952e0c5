package io.x402compute.handler;

import java.time.Duration;

import io.x402compute.inference.Estimate;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.Usage;
import io.x402compute.x402.protocol.Usdc;

/** For a function that goes on with orders of runs and carries none out: whatever asks it to is a mistake of ours. */
final class RunsElsewhere implements Upstreams, Tariff {

    @Override
    public boolean serve(Service service) {
        return false;
    }

    @Override
    public Outcome run(JobId job, RunRequest request, Duration patience) {
        throw notHere();
    }

    @Override
    public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        throw notHere();
    }

    @Override
    public void stop(RunRequest request, Outcome.Accepted accepted) {
        throw notHere();
    }

    @Override
    public Estimate estimate(RunRequest request) {
        throw notHere();
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("nothing is run here");
    }
}
