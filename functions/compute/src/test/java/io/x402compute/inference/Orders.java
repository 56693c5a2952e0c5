package io.x402compute.inference;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** What tests have run. */
public final class Orders {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final JobId ID = JobId.of("5f0c8a52-7c0e-4d0b-9c1f-2b7a3d9e4f10");
    public static final Wallet BUYER = new Wallet("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    public static final RunRequest CHAT = new RunRequest("llm-4090", Json.object().put("prompt", "hello"),
            Priority.FAST,
            Optional.empty());
    public static final RunRequest TOLD = new RunRequest("video", Json.object().put("prompt", "a cat"), Priority.CHEAP,
            Optional.of(URI.create("https://agent.example/done")));
    public static final Outcome.Accepted HANDLE = new Outcome.Accepted("jobs", "job-7", 0);
    public static final Usdc COST = new Usdc(3_000);

    private Orders() {}

    /** A job that has come so far. */
    public static Job in(JobState state) {
        Job queued = Job.queued(ID, BUYER, CHAT, NOW, NOW, Optional.empty());
        Job running = queued.begun(NOW, NOW);
        return switch (state) {
            case QUEUED -> queued;
            case RUNNING -> running;
            case COMPLETED -> running.completed(Json.object(), List.of(), COST, NOW);
            case FAILED -> running.failed("upstream_failed", Optional.empty(), NOW);
            case CANCELLED -> running.cancelled(NOW);
        };
    }

    public static Outcome.Completed completed(String text) {
        return new Outcome.Completed(new Output(Json.object().put("text", text), List.of()),
                Usage.of(Meter.OUTPUT_TOKENS, 12));
    }

    static Outcome.Completed spoken(String bytes) {
        return new Outcome.Completed(new Output(Json.object().put("duration", 3), List.of(attachment(bytes))),
                Usage.of(Meter.SECONDS, 3));
    }

    static Attachment attachment(String bytes) {
        return new Attachment("audio_url", "audio/mpeg", bytes.getBytes(StandardCharsets.UTF_8));
    }
}
