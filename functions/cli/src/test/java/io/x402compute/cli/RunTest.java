package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.cli.ApiDouble.Received;
import io.x402compute.cli.ApiDouble.Sent;
import io.x402compute.cli.Desk.Run;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.SettlementResponse;

/** Models that are run by the call. */
class RunTest extends AtTheDesk {
    private static final String RUN = "/v1/run";
    private static final String STATUS = "/status/" + ApiDouble.ID;
    private static final String[] ASK = {"run", "llm-4090", "prompt=What is a GPU?", "max_tokens=200"};

    @BeforeEach
    void price() {
        Sent estimate = Sent.of(200,
                """
                        {"service": "llm-4090", "amount": "3000", "estimated_cost_usd": 0.003, "metered": true, "available": true}""");
        api.answers("/catalog/estimate", estimate);
        api.answers("/catalog/estimate", estimate);
        api.asksFor(3000);
    }

    @Test
    void aModelIsRunForWhatWasEstimated() {
        api.answers(RUN, paid(200, """
                {"success": true, "status": "completed", "job_id": "%s", "tx_hash": "0xabc",
                 "result": {"text": "A processor."}}""".formatted(ApiDouble.ID)));

        Run run = desk.run(ASK);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("A processor.\n");
        assertThat(run.err()).contains("A run of llm-4090 costs 0.003 USDC.", "Paid 0.003 USDC");
        assertThat(api.requests("POST", RUN)).extracting(Received::body).containsOnly(
                "{\"service\":\"llm-4090\",\"input\":{\"prompt\":\"What is a GPU?\",\"max_tokens\":200}}");
        assertThat(api.requests("GET", "/catalog/estimate").getFirst().target()).contains("service=llm-4090&input=%7B");
    }

    @Test
    void aQueuedRunIsWaitedFor() {
        api.answers(RUN,
                paid(202, "{\"success\": true, \"status\": \"pending\", \"job_id\": \"%s\", \"tx_hash\": \"0xabc\"}"
                        .formatted(ApiDouble.ID)));
        api.answers(STATUS, Sent.of(200, "{\"status\": \"pending\", \"progress\": {\"phase\": \"running\"}}"));
        api.answers(STATUS, Sent.of(503, "{\"error\": \"Later\"}"));
        api.answers(STATUS, Sent.of(200, "{\"status\": \"completed\", \"result\": {\"audio_url\": \"https://a/b\"}}"));

        Run run = desk.run("run", "musicgen-l4", "--input", "{\"prompt\": \"piano\"}", "--wait");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("https://a/b\n");
        assertThat(api.requests("GET", STATUS)).hasSize(3);
    }

    @Test
    void aRunThatFailsInTheQueueSaysWhereItsMoneyIs() {
        api.answers(STATUS, Sent.of(200, "{\"status\": \"failed\", \"error\": \"out of memory\"}"));
        api.answers(STATUS, Sent.of(200,
                "{\"job_id\": \"j\", \"status\": \"failed\", \"error\": \"out of memory\", \"refund_amount_usd\": 0.02}"));

        Run waited = desk.run("job", ApiDouble.ID, "--wait");
        Run shown = desk.run("job", ApiDouble.ID);

        assertThat(waited.code()).isOne();
        assertThat(waited.err()).contains("out of memory", "x402compute job " + ApiDouble.ID);
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("given back  0.02 USDC");
    }

    @Test
    void aRunThatCameToNothingIsOverAndTheNextIsAnother() {
        api.answers(RUN, nothing());
        api.answers(RUN, nothing());

        Run first = desk.run(ASK);
        Run second = desk.run(ASK);

        assertThat(List.of(first.code(), second.code())).containsOnly(1);
        assertThat(first.err()).contains("no payment was taken");
        assertThat(second.err()).doesNotContain("Going on");
        assertThat(api.requests("POST", RUN).stream().map(request -> request.header("Idempotency-Key")).distinct())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "=x", "--input=[]", "--input={"})
    void anInputThatIsNoneIsNotSent(String input) {
        assertThat(desk.run("run", "llm-4090", input).code()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void servicesAreListedWithTheirPrices() {
        api.answers("/catalog", Sent.of(200,
                """
                        {"services": [{"key": "llm-4090", "name": "Language model", "category": "LLM", "default_cost_usd": 0.003,
                         "available": false}]}"""));

        assertThat(desk.run("services").out().lines().toList()).last().asString()
                .matches("llm-4090 .*0\\.003  no .*model");
        assertThat(desk.run("estimate", "llm-4090").out()).contains("at most    0.003 USDC");
    }

    private static Sent paid(int status, String json) {
        return Sent.of(status, json).with(PaymentHeaders.PAYMENT_RESPONSE,
                SettlementResponse.settled("0xabc", Network.BASE, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
                        .header(2));
    }

    private static Sent nothing() {
        return Sent.of(502, """
                {"error": "The run failed; no payment was taken for it", "code": "run_failed", "request_id": "r"}""")
                .with(PaymentHeaders.PAYMENT_RESPONSE,
                        new SettlementResponse(false, Optional.of("run_failed"), "", Network.BASE,
                                "0x70997970C51812dc3A010C7d01b50e0d17dc79C8").header(2));
    }
}
