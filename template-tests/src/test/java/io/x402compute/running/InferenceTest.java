package io.x402compute.running;

import static io.x402compute.running.InferenceRequest.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.Json;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.local.inference.Fault;
import io.x402compute.local.inference.media.Picture;
import io.x402compute.local.inference.media.UnreadableException;
import io.x402compute.x402.protocol.Usdc;

/** The article's calls, by clients that pay, and every service that there is. */
class InferenceTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int AGENT = 4;
    private static final NodeClient SDK = new NodeClient("clients/buy.mjs");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    /** Until the slowest piece of work is done, and has been looked at. */
    private static final int MOST_TURNS = 12;
    private static final Duration TURN = Duration.ofSeconds(10);

    private final Agent agent = running.agent(AGENT);

    @AfterEach
    void heal() {
        running.cloud().inference().heal();
    }

    private static ObjectNode picture() {
        return InferenceRequest.of("flux-schnell",
                "{\"prompt\": \"A graph showing neural network training curves\", \"width\": 1024, \"height\": 1024, \"steps\": 4}");
    }

    private static ObjectNode transcription() {
        return InferenceRequest.of("whisper-l4", "{\"audio_url\": \"%s\"}"
                .formatted(running.cloud().inference().sample("speech.wav?text=Agents+can+pay+for+things.")));
    }

    private static ObjectNode chat() {
        return InferenceRequest.of("llm-4090",
                """
                        {"messages": [{"role": "system", "content": "You are a research assistant analyzing scientific visualizations."},
                          {"role": "user", "content": "Analyze this research figure"}], "max_tokens": 1000}""");
    }

    static Stream<ObjectNode> articlesCalls() {
        return Stream.of(picture(), transcription(), chat());
    }

    @ParameterizedTest
    @MethodSource("articlesCalls")
    void theStockClientBuysWhatTheArticleBuysForWhatWasEstimated(ObjectNode call) {
        long estimate = estimate(call);
        long before = agent.balance();

        JsonNode printed = SDK.step(running.cloud().apiUrl(), running.chain().privateKey(AGENT),
                Map.of("API_PATH", RUN, "BODY", Json.write(call)));

        assertThat(printed.path("status").intValue()).as(printed.toString()).isEqualTo(200);
        assertThat(printed.at("/paymentResponse/success").booleanValue()).isTrue();
        assertAnswers(call, printed.path("body"), estimate);
        assertThat(before - agent.balance()).isEqualTo(estimate);
    }

    @ParameterizedTest
    @MethodSource("articlesCalls")
    void ourOwnClientBuysTheSame(ObjectNode call) {
        long estimate = estimate(call);
        long before = agent.balance();

        PaidResponse paid = agent.buy(RUN, call);

        Answer answer = Answer.of(paid.response());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(paid.paid()).contains(new Usdc(estimate));
        assertAnswers(call, answer.body(), estimate);
        assertThat(before - agent.balance()).isEqualTo(estimate);
    }

    static Stream<Fault> failures() {
        return Stream.of(new Fault.CallFails(500, "oh"), new Fault.CallFails(504, "late"), new Fault.Nonsense(),
                new Fault.TooManyRequests(Optional.of("60")), new Fault.ProxyPage(502), new Fault.AnswerCut(),
                new Fault.AnswerTruncated(), new Fault.ConnectionCut());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anUpstreamThatFailsCostsItsPayerNothing(Fault fault) {
        running.cloud().inference().inject("", 0, fault);
        List<?> before = running.world().transfers();
        long balance = agent.balance();

        Answer answer = Answer.of(agent.buy(RUN, chat()).response());

        assertThat(answer.status()).as(answer.body().toString()).isIn(502, 504);
        assertThat(answer.body().path("code").textValue()).isIn("run_failed", "upstream_timeout");
        assertThat(agent.balance()).isEqualTo(balance);
        assertThat(running.world().transfers()).isEqualTo(before);
    }

    @Test
    void anotherUpstreamTakesTheWorkOfOneThatIsDown() {
        running.cloud().inference().inject("/v1/", 0, new Fault.CallFails(503, "down"));

        Answer answer = Answer.of(agent.buy(RUN, chat()).response());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(running.cloud().inference().requests().getLast().path()).isEqualTo("/vultr/v1/chat/completions");
    }

    @Test
    void aTuneIsPaidQueuedAndFetched() {
        ObjectNode call = InferenceRequest.of("musicgen-l4", "{\"prompt\": \"A calm piano piece\", \"seconds\": 3}");
        long estimate = estimate(call);
        long before = agent.balance();

        Answer accepted = Answer.of(agent.buy(RUN, call).response());
        assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(202);
        assertThat(accepted.body().path("status").textValue()).isEqualTo("pending");
        assertThat(before - agent.balance()).isEqualTo(estimate);

        JsonNode done = awaited(accepted.body());
        assertThat(done.path("status").textValue()).isEqualTo("completed");
        byte[] tune = Http.file(URI.create(done.path("audio_url").textValue()));
        assertThat(new String(tune, 0, 3, StandardCharsets.ISO_8859_1)).isEqualTo("ID3");
    }

    @Test
    void workThatFailsInTheEndIsGivenBack() {
        running.cloud().inference().inject("/jobs", 0, new Fault.WorkFails("out of memory"));
        ObjectNode call = InferenceRequest.of("rembg-l4",
                "{\"image_url\": \"%s\"}".formatted(running.cloud().inference().sample("picture.png")));
        Answer accepted = Answer.of(agent.buy(RUN, call).response());

        JsonNode failed = awaited(accepted.body());

        assertThat(failed.path("status").textValue()).isEqualTo("failed");
        running.advance(TURN);
        assertThat(status(accepted.body()).path("refunded").booleanValue()).isTrue();
        assertThat(status(accepted.body()).path("refund_amount_usd").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(estimate(call)).divide(MICROS));
    }

    @Test
    void everyServiceIsRunForWhoeverHasAKeyAndCredit() {
        assertThat(Answer.of(agent.buy("/compute/credits/topup", Json.object().put("amount", 50)).response()).status())
                .isEqualTo(200);
        Map<String, String> key = Map.of("X-API-Key", UsedSecrets.rememberUnkept(
                agent.signed("/compute/api-keys", Json.object()).body().path("api_key").textValue()));
        long balance = agent.balance();
        List<Service> services = Services.read().all();
        Map<String, JsonNode> queued = new HashMap<>();

        for (Service service : services) {
            Map<String, String> headers = new HashMap<>(key);
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
            Answer answer = agent.post(RUN, InferenceRequest.example(service, running.cloud().inference()), headers);
            switch (service.work()) {
                case BOUNDED -> assertThat(answer.body().path(service.outputs().getFirst()).isMissingNode())
                        .as(service.key() + ": " + answer.body()).isFalse();
                case QUEUED -> queued.put(service.key(), answer.body());
            }
            assertThat(answer.status()).as(service.key()).isIn(200, 202);
        }
        queued.forEach((service, accepted) -> {
            JsonNode done = awaited(accepted);
            assertThat(done.path("status").textValue()).as(service + ": " + done).isEqualTo("completed");
        });
        assertThat(services).hasSizeGreaterThanOrEqualTo(26);
        assertThat(agent.balance()).as("nothing more from the wallet").isEqualTo(balance);
    }

    private void assertAnswers(ObjectNode call, JsonNode body, long estimate) {
        assertThat(body.path("success").booleanValue()).isTrue();
        assertThat(body.path("result")).isEqualTo(body.path("output"));
        assertThat(body.path("cost").decimalValue().multiply(MICROS)).isLessThanOrEqualTo(BigDecimal.valueOf(estimate));
        switch (call.path("service").textValue()) {
            case "flux-schnell" -> assertPicture(body.path("url").textValue());
            case "whisper-l4" -> assertThat(body.path("text").textValue()).isEqualTo("Agents can pay for things.");
            default -> assertThat(body.at("/choices/0/message/content").textValue())
                    .contains("Analyze this research figure");
        }
    }

    private void assertPicture(String url) {
        try {
            Picture picture = Picture.read(Http.file(URI.create(url)));
            assertThat(picture.width()).isEqualTo(1024);
            assertThat(picture.description()).isEqualTo("A graph showing neural network training curves");
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    /** Micro-USDC. */
    private long estimate(ObjectNode call) {
        Answer answer = agent.send("GET", InferenceRequest.estimate(call), Map.of(), new byte[0]);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("available").booleanValue()).isTrue();
        return Long.parseLong(answer.body().path("amount").textValue());
    }

    private JsonNode awaited(JsonNode accepted) {
        JsonNode status = status(accepted);
        for (int turn = 0; turn < MOST_TURNS && status.path("status").textValue().equals("pending"); turn++) {
            running.pass(TURN);
            running.cloud().deliver();
            status = status(accepted);
        }
        return status;
    }

    private JsonNode status(JsonNode accepted) {
        return agent.send("GET", accepted.path("status_url").textValue(), Map.of(), new byte[0]).body();
    }
}
