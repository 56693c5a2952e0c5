package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.inference.FakeJobQueue;
import io.x402compute.inference.FakeJobs;
import io.x402compute.inference.FakeUpstreams;
import io.x402compute.inference.FlatTariff;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobCancellation;
import io.x402compute.inference.KeptRuns;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Orders;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.Usdc;

class JobJsonTest {
    private static final Promises PROMISES = new Promises();

    private final ManualClock clock = new ManualClock(Orders.NOW);
    private final FakeJobs jobs = new FakeJobs();
    private final FakeUpstreams upstreams = new FakeUpstreams();
    private final KeptRuns runs = new KeptRuns(jobs, upstreams, new FlatTariff(), new FakeJobQueue(), clock::advance,
            clock);

    @Test
    void whatWaitsSaysForHowLong() {
        runs.enqueue(Orders.ID, Orders.BUYER, Orders.TOLD);
        clock.advance(Duration.ofSeconds(7));

        ObjectNode json = shown(jobs.only(), Optional.empty());

        assertThat(json.path("id").asText()).isEqualTo(json.path("job_id").asText()).isEqualTo(Orders.ID.toString());
        assertThat(json.path("status").asText()).isEqualTo("pending");
        assertThat(json.path("progress")).isEqualTo(Json.object().put("phase", "queued").put("percent_estimate", 0)
                .put("elapsed_seconds", 7L).deepCopy());
        assertThat(Json.write(json)).doesNotContain("whsec_");
    }

    @Test
    void aResultIsWhereverClientsLookForItAndNeverInPlaceOfWhatIsOurs() {
        ObjectNode fields = Json.object().put("text", "hi").put("status", "theirs").put("error", "theirs");
        upstreams.answer(new Outcome.Completed(new Output(fields, List.of()), Usage.of(Meter.REQUESTS, 1)));

        ObjectNode json = shown(completed(), Optional.empty());

        assertThat(json.path("status").asText()).isEqualTo("completed");
        assertThat(json.path("output")).isEqualTo(fields).isEqualTo(json.path("result"));
        assertThat(json.path("text").asText()).isEqualTo("hi");
        assertThat(json.has("error")).isFalse();
        assertThat(json.path("cost").decimalValue()).isEqualByComparingTo("0.003");
        assertThat(json.path("output_notice").asText()).contains("2026-11-22T12:00:00Z");
    }

    @Test
    void aResultThatIsNotPaidIsNotThere() {
        upstreams.answer(Orders.completed("the answer"));
        run();

        ObjectNode json = shown(jobs.only(), Optional.empty());

        assertThat(json.path("status").asText()).isEqualTo("pending");
        assertThat(json.at("/progress/phase").asText()).isEqualTo("settling");
        assertThat(Json.write(json)).doesNotContain("the answer");
    }

    @Test
    void aFailureSaysWhyAndWhatHasBecomeOfTheMoney() {
        upstreams.answer(new Outcome.Refused("the image is empty"));
        run();
        Claim credited = Claims.in(PaymentState.CREDITED);

        ObjectNode json = shown(jobs.only(), Optional.of(credited));

        assertThat(json.path("status").asText()).isEqualTo("failed");
        assertThat(json.path("error").asText()).isEqualTo("the image is empty");
        assertThat(json.path("code").asText()).isEqualTo("input_refused");
        assertThat(json.path("refunded").booleanValue()).isTrue();
        assertThat(json.path("refund_method").asText()).isEqualTo("credit");
        assertThat(new Usdc(json.path("refund_amount_usd").decimalValue().movePointRight(6).longValueExact()))
                .isEqualTo(credited.amount());
    }

    @Test
    void whatIsOnItsWayBackIsNotBack() {
        upstreams.answer(new Outcome.Failed("upstream_busy"));
        run();

        ObjectNode json = shown(jobs.only(), Optional.of(Claims.in(PaymentState.REFUND_DUE)));

        assertThat(json.path("error").asText()).contains("upstream_busy");
        assertThat(json.path("refunded").booleanValue()).isFalse();
        assertThat(json.has("refund_amount_usd")).isFalse();
    }

    @Test
    void whatIsCancelledHasNoError() {
        runs.enqueue(Orders.ID, Orders.BUYER, Orders.CHAT);
        Job cancelled = new JobCancellation(jobs, clock).cancel(Orders.ID, Orders.BUYER).orElseThrow();

        ObjectNode json = shown(cancelled, Optional.empty());

        assertThat(json.path("status").asText()).isEqualTo("cancelled");
        assertThat(json.has("error")).isFalse();
        assertThat(json.path("refunded").booleanValue()).isFalse();
    }

    private ObjectNode shown(Job job, Optional<Claim> order) {
        ApiResponse answer = ApiResponse.ok(JobJson.of(job, order, "https://api.example", clock.instant()));
        return PROMISES.kept("GET /status/{id}", answer).body();
    }

    private Job completed() {
        run();
        return runs.show(Orders.ID);
    }

    private void run() {
        runs.run(Orders.ID, Orders.BUYER, Orders.CHAT, Orders.NOW.plusSeconds(20));
    }
}
