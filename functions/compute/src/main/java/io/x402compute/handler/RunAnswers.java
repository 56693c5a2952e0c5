package io.x402compute.handler;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Runs;
import io.x402compute.order.CheckoutResult.Ordered;
import io.x402compute.order.OrderedRun;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;

/** What answers to orders say of runs. */
record RunAnswers(Runs runs) {
    private static final String TIMEOUT = "upstream_timeout";
    private static final String REFUSED = "input_refused";
    /**
     * What a paid run has brought, or that it is still to come.
     *
     * @param baseUrl of the links to what is kept of it
     * @return the status of the answer
     * @throws ApiException 410 when what it has brought is not kept any more
     */
    int put(ObjectNode body, Ordered ordered, String baseUrl) {
        Claim claim = ordered.claim();
        Optional<Job> job = ordered.job().or(() -> runs.find(JobId.of(claim.order().subject())));
        Optional<Job> completed = job.filter(run -> run.state() == JobState.COMPLETED);
        if (completed.isPresent()) {
            putResult(body, completed.get(), baseUrl);
            return 200;
        }
        // Of an order that is not delivered yet somebody may be about to begin the run.
        if (job.isEmpty() && claim.state() == PaymentState.FULFILLED) {
            throw new ApiException(410, "result_expired",
                    "This run was paid and done; its result is not kept any more");
        }
        putPending(body.put("status", "pending"), claim);
        job.flatMap(Job::webhookSecret).ifPresent(secret -> body.put("webhook_secret", secret));
        return 202;
    }

    /** One that is still to come. */
    static void putPending(ObjectNode body, Claim claim) {
        body.put("job_id", claim.order().subject())
                .put("service", OrderedRun.of(claim).request().service())
                .put("status_url", GetJob.PATH + claim.order().subject())
                .put("estimated_cost_usd", Dollars.of(claim.ceiling()));
    }

    /** One for which nothing was asked, because it came to nothing. */
    ApiResponse failed(Claim claim, ApiRequest request) {
        return switch (claim.reason()) {
            case TIMEOUT -> failed(504, TIMEOUT, "The run took too long", claim, request);
            case REFUSED -> failed(400, REFUSED, explained(claim).orElse("The input cannot be run"), claim, request);
            default -> failed(502, Claim.RUN_FAILED, "The run failed", claim, request);
        };
    }

    private static ApiResponse failed(int status, String code, String why, Claim claim, ApiRequest request) {
        ObjectNode body = Json.object()
                .put("error", why + "; no payment was taken for it")
                .put("code", code)
                .put("request_id", request.requestId())
                .put("order_id", claim.order().orderId().toString())
                .put("job_id", claim.order().subject());
        body.putObject("details").put("reason", claim.reason());
        return ApiResponse.of(status, body);
    }

    private Optional<String> explained(Claim claim) {
        return runs.find(JobId.of(claim.order().subject())).flatMap(Job::explanation);
    }

    private static void putResult(ObjectNode body, Job job, String baseUrl) {
        body.put("job_id", job.id().toString()).put("status", "completed").put("service", job.request().service());
        job.cost().ifPresent(cost -> body.put("cost", Dollars.of(cost)));
        JobJson.putResult(body, job.resultAt(baseUrl).orElseThrow());
    }
}
