package io.x402compute.handler;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Outcome;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;

/**
 * Runs as those see them who ask for them later. A result is there three times: known clients read {@code output}, {@code result}, or the service's
 * own keys beside ours.
 */
final class JobJson {
    /** A result's keys that would mean something else at the top. */
    private static final Set<String> ELSEWHERE = Set.of("error", "code", "request_id", "details", "paid_with");
    private static final String STATUS = "status";
    private static final String PENDING = "pending";

    private JobJson() {}

    /**
     * A run as it is.
     *
     * @param order where something is owed back for it
     * @param baseUrl of the addresses in its result
     */
    static ObjectNode of(Job job, Optional<Claim> order, String baseUrl, Instant now) {
        ObjectNode json = Json.object().put("id", job.id().toString()).put("job_id", job.id().toString())
                .put(STATUS, job.isPending() ? PENDING : name(job.state()))
                .put("service", job.request().service())
                .put("created_at", job.createdAt().toString());
        json.putObject("progress").put("phase", phase(job)).put("percent_estimate", percent(job))
                .put("elapsed_seconds",
                        Duration.between(job.createdAt(), job.progress().endedAt().orElse(now)).toSeconds());
        if (!job.isPending()) {
            putEnd(json, job, order, baseUrl);
        }
        return json;
    }

    private static void putEnd(ObjectNode json, Job job, Optional<Claim> order, String baseUrl) {
        job.failure().ifPresent(code -> json.put("code", code).put("error", job.explanation()
                .orElseGet(() -> "The run failed (%s)".formatted(code))));
        if (job.state() != JobState.COMPLETED) {
            putRefund(json, order);
            return;
        }
        job.cost().ifPresent(cost -> json.put("cost", Dollars.of(cost)));
        json.put("output_notice", "Kept until %s".formatted(job.expiresAt().orElseThrow()));
        job.resultAt(baseUrl).ifPresent(result -> putResult(json, result));
    }

    /** @param result what is at the top of it by then is not overwritten by it */
    static void putResult(ObjectNode json, ObjectNode result) {
        json.set("output", result);
        json.set("result", result);
        result.properties().stream()
                .filter(field -> !json.has(field.getKey()) && !ELSEWHERE.contains(field.getKey()))
                .forEach(field -> json.set(field.getKey(), field.getValue()));
    }

    /** What is on its way back is not yet refunded. */
    private static void putRefund(ObjectNode json, Optional<Claim> order) {
        Optional<Claim> back = order.filter(claim -> switch (claim.state()) {
            case CREDITED, REFUNDED -> true;
            case CLAIMED, RUNNING, RAN, RUN_FAILED, SETTLING, SETTLE_UNKNOWN, SETTLE_REFUSED, SETTLED, FULFILLED,
                    REFUND_DUE, REFUNDING, REFUND_UNKNOWN ->
                false;
        });
        json.put("refunded", back.isPresent());
        back.ifPresent(claim -> {
            json.put("refund_amount_usd", Dollars.of(claim.amount()))
                    .put("refund_method", claim.state() == PaymentState.CREDITED ? "credit" : "onchain");
            claim.refund().ifPresent(refund -> json.put("refund_tx_hash", refund.transaction()));
        });
    }

    private static String phase(Job job) {
        return switch (job.state()) {
            case RUNNING -> job.progress().isStopping() ? "stopping" : "running";
            case COMPLETED -> job.seen() ? "completed" : "settling";
            case QUEUED, FAILED, CANCELLED -> name(job.state());
        };
    }

    private static int percent(Job job) {
        return job.state() == JobState.COMPLETED
                ? 100
                : job.progress().accepted().map(Outcome.Accepted::percent).orElse(0);
    }

    private static String name(JobState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
