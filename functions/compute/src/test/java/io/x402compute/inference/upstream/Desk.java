package io.x402compute.inference.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.x402compute.http.ManualClock;
import io.x402compute.inference.FakeModels;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.RunBodies;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Services;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.outside.OutsideUrls;

/** All upstreams that the catalogue knows, at one scripted server, and somebody who runs things on them. */
final class Desk implements AutoCloseable {
    static final String KEY = "sk-secret-of-the-operator";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final JobId JOB = JobId.of("7d1b8c2e-3c4d-4e5f-8a6b-9c0d1e2f3a4b");

    final ScriptedUpstream upstream = new ScriptedUpstream();
    final FakeModels models = new FakeModels();
    private final Services services = Services.read();
    private final OutsideUrls urls = new OutsideUrls(true);
    private final RunRequests requests = new RunRequests(services, urls);
    private Duration patience = Duration.ofSeconds(20);

    /** Waits no longer for everything together. */
    Desk patience(Duration time) {
        patience = time;
        return this;
    }

    RunRequest request(String service, String input, String priority) {
        return requests.read(RunBodies.of("{\"service\": \"%s\", \"input\": %s}".formatted(service, input)),
                Optional.of(priority));
    }

    Outcome run(String service, String input) {
        return run(request(service, input, "fast"));
    }

    Outcome run(RunRequest request) {
        return upstreams().run(JOB, request, patience);
    }

    Outcome.Completed completed(String service, String input) {
        Outcome outcome = run(service, input);
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return (Outcome.Completed) outcome;
    }

    ConfiguredUpstreams upstreams() {
        List<Upstream> all = List.of(upstream.named("openai", KEY), upstream.named("vultr", ""),
                upstream.named("jobs", KEY));
        return new ConfiguredUpstreams(services,
                new Choices(Set.of("openai", "vultr", "jobs"), models), all, urls, new ManualClock(NOW));
    }

    @Override
    public void close() {
        upstream.close();
    }
}
