package io.x402compute.running;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.x402compute.http.Json;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.DynamoJobs;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.JobId;
import io.x402compute.inference.KeptRuns;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.Usage;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Jobs in a run's table, as if somebody had ordered them. Those that wait are not in the queue: nobody works on them. */
final class KeptJobs {
    /** Of the deployment. */
    static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:JobQueue";

    private static final RunRequest REQUEST = new RunRequest("tts-l4", Json.object().put("text", "hello"),
            Priority.FAST, Optional.empty());
    private static final Outcome SPOKEN = new Outcome.Completed(new Output(Json.object().put("duration", 3),
            List.of(new Attachment("audio_url", "audio/mpeg", "sound".getBytes(StandardCharsets.UTF_8)))),
            Usage.of(Meter.SECONDS, 3));

    private final RunningCloud running;

    KeptJobs(RunningCloud running) {
        this.running = running;
    }

    JobId waiting(String owner) {
        return runs(SPOKEN).enqueue(id(), new Wallet(owner), REQUEST).id();
    }

    /** Done, and paid. */
    JobId spoken(String owner) {
        KeptRuns runs = runs(SPOKEN);
        return runs.show(run(runs, owner)).id();
    }

    /** Failed, and paid. */
    JobId owedBack(String owner) {
        KeptRuns runs = runs(new Outcome.Failed("upstream_failed"));
        return runs.owed(run(runs, owner), "no payment").id();
    }

    private JobId run(KeptRuns runs, String owner) {
        return runs.run(id(), new Wallet(owner), REQUEST, running.now().plusSeconds(20)).id();
    }

    private static JobId id() {
        return new JobId(UUID.randomUUID());
    }

    private KeptRuns runs(Outcome outcome) {
        String table = running.cloud().tables().listTables().tableNames().stream()
                .filter(name -> name.contains("Jobs")).findFirst().orElseThrow();
        return new KeptRuns(new DynamoJobs(new Table(running.cloud().tables(), table)), always(outcome), free(),
                (job, delay) -> {}, length -> {}, running.cloud().clock());
    }

    private static Upstreams always(Outcome outcome) {
        return new Upstreams() {
            @Override
            public boolean serve(Service service) {
                return true;
            }

            @Override
            public Outcome run(JobId job, RunRequest request, Duration patience) {
                return outcome;
            }

            @Override
            public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
                return outcome;
            }

            @Override
            public void stop(RunRequest request, Outcome.Accepted accepted) {
                throw new AssertionError("nobody wants it to stop");
            }
        };
    }

    private static Tariff free() {
        return new Tariff() {
            @Override
            public Estimate estimate(RunRequest request) {
                throw new AssertionError("nobody asks for the price");
            }

            @Override
            public Usdc cost(RunRequest request, Usage usage) {
                return Usdc.ZERO;
            }
        };
    }
}
