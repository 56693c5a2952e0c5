package io.x402compute.inference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.Json;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Wallet;

/** Puts jobs into their table as if somebody had ordered them. */
public final class MadeJobs {
    private final DynamoJobs jobs;

    public MadeJobs(Table table) {
        this.jobs = new DynamoJobs(table);
    }

    public void queued(String id, Wallet owner, Instant at) {
        jobs.insert(Job.queued(JobId.of(id), owner, Orders.TOLD, at, at.plusSeconds(600),
                Optional.of(Notice.signedWith("whsec_00"))));
    }

    /** With a sound in its result. */
    public void spoken(String id, Wallet owner, Instant at, boolean paid) {
        Job running = Job.waitedFor(JobId.of(id), owner, Orders.CHAT, at, at.plusSeconds(80));
        KeptAttachment sound = jobs.keep(running.id(), 1, Orders.attachment("sound"), at);
        Job completed = running.completed(Json.object().put("duration", 3), List.of(sound), Orders.COST, at);
        jobs.insert(paid ? completed.shown(at) : completed);
    }
}
