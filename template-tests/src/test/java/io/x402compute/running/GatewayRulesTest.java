package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.LocalOptions;
import io.x402compute.local.client.Answer;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.gateway.HttpGateway;
import io.x402compute.local.template.Template;
import io.x402compute.local.template.Throttle;

/** What the gateway in front of our functions refuses by itself, with which answer, and what it still lets pass. */
class GatewayRulesTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int HEADER_BYTES = 10_240;
    private static final int MEGABYTE = 1024 * 1024;
    /** More than an event of ours is beside its body, with every header that {@link Http} sends. */
    private static final int ENVELOPE = 4_000;
    private static final Map<String, String> BROWSER = Map.of("Origin", "https://agent.example");

    private final Agent agent = running.agent(1);

    @Test
    void aPaymentMayFillTheHeadersToTheLastByte() {
        World before = running.world();

        String last = order().filled("X-PAYMENT", HEADER_BYTES).send(running.cloud().apiUrl());
        String over = order().filled("X-PAYMENT", HEADER_BYTES + 1).send(running.cloud().apiUrl());

        assertThat(last).startsWith("HTTP/1.1 402").contains("\"error\":\"invalid_payload\"");
        assertThat(over).startsWith("HTTP/1.1 431").endsWith("{\"message\":\"Request Header Fields Too Large\"}");
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void theRequestLineCountsToo() {
        String path = "/compute/instances?q=" + "x".repeat(8_000);

        assertThat(new RawRequest("GET", path).filled("X-Filler", HEADER_BYTES).send(running.cloud().apiUrl()))
                .startsWith("HTTP/1.1 401");
        assertThat(new RawRequest("GET", path).filled("X-Filler", HEADER_BYTES + 1).send(running.cloud().apiUrl()))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void aBodyThatLambdaCannotTakeNeverReachesAFunction() {
        World before = running.world();

        Answer last = post("application/json", 6 * MEGABYTE - ENVELOPE);
        Answer over = post("application/json", 6 * MEGABYTE);
        Answer grown = post("application/octet-stream", 5 * MEGABYTE);
        Answer beyondTheGateway = post("application/json", 10 * MEGABYTE + 1);

        // Our own answer: the function takes far less.
        assertThat(last.status()).isEqualTo(413);
        assertThat(last.body().path("code").asText()).isEqualTo("body_too_large");
        assertThat(List.of(over, grown, beyondTheGateway))
                .allSatisfy(answer -> assertMessage(413, "Request Entity Too Large", answer));
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void whatHasNoRouteIsNotFoundAlsoForBrowsers() {
        Answer answer = agent.send("PUT", MachineRequest.PROVISION, BROWSER, new byte[0]);

        assertMessage(404, "Not Found", answer);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @Test
    void aBrowserMaySendThePaidRequestOfEveryKnownClient() {
        Answer preflight = agent.send("OPTIONS", MachineRequest.PROVISION,
                Map.of("Origin", "https://agent.example", "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers",
                        "access-control-expose-headers,content-type,payment-signature,x-payment"),
                new byte[0]);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-headers").orElseThrow().split(",", -1))
                .contains("Access-Control-Expose-Headers", "Content-Type", "PAYMENT-SIGNATURE", "X-PAYMENT",
                        "X-Payment-Proof");
        assertThat(preflight.headers().firstValue("access-control-allow-methods").orElseThrow()).contains("POST");
    }

    @Test
    void aBrowserMayReadTheOffer() {
        Answer offer = agent.post(MachineRequest.PROVISION, MachineRequest.body(), BROWSER);

        assertThat(offer.status()).isEqualTo(402);
        assertThat(offer.headers().firstValue("access-control-expose-headers").orElseThrow().split(",", -1))
                .contains("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE");
    }

    @Test
    void everyRouteIsThrottledAsTheStageSays() {
        Template template = Template.read(LocalOptions.forTests().template(),
                Map.of("PayTo", running.operator(), "EvmRpcUrl", running.chain().rpcUrl().toString()));
        Throttle throttle = template.routes().getFirst().throttle().orElseThrow();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource time = now::get;

        try (HttpGateway gateway = HttpGateway.bind(0)) {
            gateway.serve(template.routes(), template.cors(), new Idle(), time.withZone(ZoneOffset.UTC));
            assertThat(template.routes()).allSatisfy(route -> assertThat(route.throttle()).contains(throttle));
            assertThat(statuses(gateway, throttle.burst())).containsOnly(200);
            assertThat(statuses(gateway, 1)).containsExactly(429);
            now.updateAndGet(instant -> instant.plusMillis((long) (1_000 / throttle.requestsPerSecond())));
            assertThat(statuses(gateway, 2)).containsExactly(200, 429);
            assertMessage(429, "Too Many Requests",
                    Http.send(gateway.url(), "GET", "/health", BROWSER, new byte[0]));
        }
    }

    private static List<Integer> statuses(HttpGateway gateway, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(request -> Http.send(gateway.url(), "GET", "/health", Map.of(), new byte[0]).status())
                .toList();
    }

    private Answer post(String type, int bytes) {
        return agent.send("POST", MachineRequest.PROVISION, Map.of("Content-Type", type),
                WalletHeaders.bytes("x".repeat(bytes)));
    }

    private static RawRequest order() {
        return new RawRequest("POST", MachineRequest.PROVISION).with("Content-Length", "0");
    }

    private static void assertMessage(int status, String message, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).hasToString("{\"message\":\"" + message + "\"}");
    }

    private static final class Idle implements FunctionRuntime {
        @Override
        public Outcome invoke(String functionId, byte[] event) {
            return new Outcome.Returned("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
