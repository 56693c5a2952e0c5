package io.x402compute.running;

import static io.x402compute.running.InferenceRequest.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.inference.Fault;
import io.x402compute.x402.protocol.WireJson;

/** Runs of which is taken what they have used, bought by the ecosystem's own client. */
class MeteredRunTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("Permit2", "on");

    private static final int AGENT = 4;
    private static final long MUCH = 10_000_000;
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final NodeClient SDK = new NodeClient("clients/buy.mjs");

    private final Agent agent = running.agent(AGENT);

    @AfterEach
    void heal() {
        running.cloud().inference().heal();
    }

    @Test
    void whoSignsAMaximumPaysWhatTheRunHasCost() throws Exception {
        running.chain().approvePermit2(AGENT, MUCH);
        long before = agent.balance();
        BigDecimal credit = credit();

        JsonNode printed = bought(chat());

        assertThat(printed.path("status").intValue()).as(printed.toString()).isEqualTo(200);
        long spent = before - agent.balance();
        assertThat(spent).isPositive().isLessThan(offered(chat()));
        assertThat(printed.at("/body/cost").decimalValue().multiply(MICROS).longValueExact()).isEqualTo(spent);
        assertThat(printed.at("/paymentResponse/amount").textValue()).isEqualTo(Long.toString(spent));
        assertThat(printed.at("/paymentResponse/transaction").textValue())
                .isEqualTo(running.world().transfers().getLast().transactionHash());
        assertThat(credit()).isEqualByComparingTo(credit);
        assertThat(order(printed).path("amount").textValue()).isEqualTo(Long.toString(spent));
    }

    @Test
    void aRunThatFailsTakesNothingOfAMaximum() throws Exception {
        running.chain().approvePermit2(AGENT, MUCH);
        running.cloud().inference().inject("", 0, new Fault.CallFails(500, "oh"));
        long before = agent.balance();

        JsonNode printed = bought(chat());

        assertThat(printed.path("status").intValue()).as(printed.toString()).isEqualTo(502);
        assertThat(agent.balance()).isEqualTo(before);
    }

    @Test
    void whatHasAFixedPriceOrIsPaidFirstIsOfferedExactly() {
        assertThat(schemes(chat())).contains("exact").last().isEqualTo("upto");
        for (String service : List.of("flux-schnell", "video")) {
            assertThat(schemes(InferenceRequest.of(service, "{\"prompt\": \"A red fox\"}"))).containsOnly("exact");
        }
    }

    private static ObjectNode chat() {
        return InferenceRequest.of("llm-4090", "{\"prompt\": \"Say hello\", \"max_tokens\": 1000}");
    }

    private JsonNode bought(ObjectNode call) {
        return SDK.step(running.cloud().apiUrl(), running.chain().privateKey(AGENT),
                Map.of("API_PATH", RUN, "BODY", Json.write(call), "METHOD", "upto", "SCHEMES", "v2"));
    }

    private JsonNode order(JsonNode printed) {
        return agent.signed("GET", "/compute/orders/" + printed.at("/body/order_id").textValue()).body();
    }

    private BigDecimal credit() {
        return new BigDecimal(agent.signed("GET", "/compute/credits/balance").body().path("total_deposited").asText());
    }

    private long offered(ObjectNode call) {
        return Long.parseLong(asked(call).at("/accepts/0/amount").textValue());
    }

    private List<String> schemes(ObjectNode call) {
        return asked(call).path("accepts").valueStream().map(offer -> offer.path("scheme").textValue()).toList();
    }

    private ObjectNode asked(ObjectNode call) {
        return WireJson.parseHeader(
                agent.post(RUN, call, Map.of()).headers().firstValue("PAYMENT-REQUIRED").orElseThrow()).orElseThrow();
    }
}
