package io.x402compute.running;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.DynamoJobs;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Jobs;
import io.x402compute.inference.KeptRuns;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.Usage;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** A run that waits in the queue as if it had been paid for. */
final class QueuedRun {
    static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:JobQueue";
    private static final Wallet OWNER = new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    private final Jobs jobs;
    private final JobId id;

    private QueuedRun(Jobs jobs, JobId id) {
        this.jobs = jobs;
        this.id = id;
    }

    /** Some music, which the upstream takes its time for. */
    static QueuedRun of(RunningCloud running) {
        Jobs jobs = new DynamoJobs(new Table(running.cloud().tables(), "JobsTable"));
        JobId id = new JobId(UUID.randomUUID());
        ObjectNode input = Json.object().put("prompt", "A calm piano piece").put("seconds", 10);
        new KeptRuns(jobs, new Nobody(), new Nobody(),
                (job, delay) -> running.cloud().queues().send(QUEUE, job.toString()),
                pause -> {}, running.cloud().clock())
                .enqueue(id, OWNER, new RunRequest("musicgen-l4", input, Priority.FAST, Optional.empty()));
        return new QueuedRun(jobs, id);
    }

    String id() {
        return id.toString();
    }

    JobState state() {
        return job().state();
    }

    Job job() {
        return jobs.find(id).orElseThrow();
    }

    /** Whoever only puts runs into the queue asks nobody for anything. */
    private static final class Nobody implements Upstreams, Tariff {
        @Override
        public boolean serve(Service service) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome run(JobId job, RunRequest request, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(RunRequest request, Outcome.Accepted accepted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Estimate estimate(RunRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Usdc cost(RunRequest request, Usage usage) {
            throw new UnsupportedOperationException();
        }
    }
}
