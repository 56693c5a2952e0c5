package io.x402compute.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.template.Cors;
import io.x402compute.local.template.Route;
import io.x402compute.local.template.Throttle;

class FrontDoorTest {
    private static final Optional<Cors> CORS = Optional.of(
            new Cors(List.of("*"), List.of("POST"), List.of("X-PAYMENT"), List.of("PAYMENT-REQUIRED"), false, 0));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] DONE = "{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8);
    /** Under the limit, with as many digits as it has. */
    private static final int MEASURED = 4_000_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-12T19:03:58Z"));
    private final Functions functions = new Functions();

    @Test
    void requestLineAndHeaderValuesTogetherMayHaveTenKilobytesAndNoByteMore() {
        FrontDoor door = door(new Route("POST /notes", "KeepNote"));
        int line = request("text/plain", "").line().length();
        int values = GatewayLimits.HEADER_BYTES - line - "text/plain".length();

        assertThat(door.answer(with("x-payment", "p".repeat(values)), "1").status()).isEqualTo(200);
        assertRefused(431, "Request Header Fields Too Large",
                door.answer(with("x-payment", "p".repeat(values + 1)), "1"));
    }

    @Test
    void aRequestMayHaveTenMegabytesBeforeTheGatewayItselfRefusesIt() {
        String most = "x".repeat(10 * 1024 * 1024);

        assertThat(GatewayLimits.refusal(request("text/plain", most))).isEmpty();
        assertThat(GatewayLimits.refusal(request("text/plain", most + "x")).orElseThrow().status()).isEqualTo(413);
    }

    @Test
    void anEventMayHaveSixMegabytesAndNoByteMore() {
        FrontDoor door = door(new Route("POST /notes", "KeepNote"));
        int most = GatewayLimits.EVENT_BYTES - (eventBytes(door, "text/plain", MEASURED) - MEASURED);

        assertThat(eventBytes(door, "text/plain", most)).isEqualTo(6 * 1024 * 1024);
        assertRefused(413, "Request Entity Too Large",
                door.answer(request("text/plain", "x".repeat(most + 1)), "1"));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 200", "application/octet-stream, 413"})
    void aBinaryBodyCountsAsItsBase64(String type, int status) {
        FrontDoor door = door(new Route("POST /notes", "KeepNote"));

        assertThat(door.answer(request(type, "x".repeat(5_000_000)), "1").status()).isEqualTo(status);
    }

    @Test
    void anAnswerOverLambdasLimitIsAFailureOfTheFunction() {
        FrontDoor door = door(new Route("POST /notes", "KeepNote"));
        String frame = "{\"statusCode\":200,\"body\":\"\"}";
        String most = "x".repeat(6_291_556 - frame.length());

        functions.behave = event -> frame.replace("\"\"", '"' + most + '"').getBytes(StandardCharsets.UTF_8);
        assertThat(door.answer(request("text/plain", ""), "1").body()).hasSize(most.length());
        functions.behave = event -> frame.replace("\"\"", "\"x" + most + '"').getBytes(StandardCharsets.UTF_8);
        assertThat(door.answer(request("text/plain", ""), "1").status()).isEqualTo(500);
    }

    @Test
    @Timeout(20)
    void aFunctionThatTheGatewayNoLongerWaitsForGoesOn() throws InterruptedException {
        FrontDoor door = door(new Route("POST /notes", "KeepNote", Duration.ofMillis(1), Optional.empty()));
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        functions.behave = event -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("stopped", e);
            }
            finished.countDown();
            return DONE;
        };

        assertRefused(503, "Service Unavailable", door.answer(request("text/plain", ""), "1"));
        answered.countDown();

        finished.await();
    }

    @Test
    void aRouteTakesItsBurstAndThenWhatTheRateGivesBack() {
        FrontDoor door = door(throttled("POST /notes"));

        assertThat(statuses(door, 3)).containsExactly(200, 200, 429);
        now.updateAndGet(time -> time.plusMillis(1_999));
        assertThat(statuses(door, 1)).containsExactly(429);
        now.updateAndGet(time -> time.plusMillis(1));
        assertThat(statuses(door, 2)).containsExactly(200, 429);
        now.updateAndGet(time -> time.plusSeconds(3_600));
        assertThat(statuses(door, 3)).containsExactly(200, 200, 429);
    }

    @Test
    void aThrottledRequestReachesNoFunctionAndBrowsersMayReadWhy() {
        FrontDoor door = door(throttled("POST /notes"));
        statuses(door, 2);

        GatewayAnswer answer = door.answer(with("origin", "https://somewhere.example"), "1");

        assertRefused(429, "Too Many Requests", answer);
        assertThat(answer.headers()).containsEntry("access-control-allow-origin", List.of("*"));
        assertThat(functions.events).isEqualTo(2);
    }

    @Test
    void aRouteThatIsThrottledLeavesOthersTheirShare() {
        FrontDoor door = door(throttled("POST /notes"), throttled("POST /others"));
        statuses(door, 3);

        GatewayRequest other = new GatewayRequest(
                "", "POST", "/others", "", "HTTP/1.1", "127.0.0.1", Map.of(), new byte[0]);
        assertThat(door.answer(other, "1").status()).isEqualTo(200);
    }

    @Test
    void aClockThatIsSetBackGivesAndTakesNothing() {
        FrontDoor door = door(throttled("POST /notes"));
        statuses(door, 2);

        now.updateAndGet(time -> time.minusSeconds(60));
        assertThat(statuses(door, 1)).containsExactly(429);
        now.updateAndGet(time -> time.plusSeconds(60));
        assertThat(statuses(door, 1)).containsExactly(429);
    }

    @Test
    void aPreflightIsNotCountedAndReachesNoFunction() {
        FrontDoor door = door(throttled("POST /notes"));
        GatewayRequest preflight = new GatewayRequest(
                "", "OPTIONS", "/notes", "", "HTTP/1.1", "127.0.0.1",
                Map.of("origin", List.of("https://somewhere.example"), "access-control-request-method",
                        List.of("POST")),
                new byte[0]);

        assertThat(door.answer(preflight, "1").headers())
                .containsEntry("access-control-allow-headers", List.of("X-PAYMENT"));
        assertThat(statuses(door, 2)).containsExactly(200, 200);
        assertThat(functions.events).isEqualTo(2);
    }

    private FrontDoor door(Route... routes) {
        InstantSource time = now::get;
        Clock clock = time.withZone(ZoneOffset.UTC);
        return new FrontDoor(List.of(routes), CORS, functions, "localhost:4020", clock);
    }

    /** Two at once, one more every two seconds. */
    private static Route throttled(String key) {
        return new Route(key, "KeepNote", LONG, Optional.of(new Throttle(0.5, 2)));
    }

    private static List<Integer> statuses(FrontDoor door, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(request -> door.answer(request("text/plain", ""), "1").status())
                .toList();
    }

    private int eventBytes(FrontDoor door, String type, int bodyBytes) {
        assertThat(door.answer(request(type, "x".repeat(bodyBytes)), "1").status()).isEqualTo(200);
        return functions.lastEventBytes;
    }

    private static void assertRefused(int status, String message, GatewayAnswer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).asString().isEqualTo("{\"message\":\"" + message + "\"}");
    }

    private static GatewayRequest request(String type, String body) {
        return request(Map.of("content-type", List.of(type)), body);
    }

    private static GatewayRequest with(String header, String value) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("text/plain"));
        headers.put(header, List.of(value));
        return request(headers, "");
    }

    private static GatewayRequest request(Map<String, List<String>> headers, String body) {
        return new GatewayRequest(
                "POST /notes HTTP/1.1", "POST", "/notes", "", "HTTP/1.1", "127.0.0.1", headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** One function behind every id. */
    private static final class Functions implements FunctionRuntime {
        private volatile UnaryOperator<byte[]> behave = event -> DONE;
        private volatile int events;
        private volatile int lastEventBytes;

        @Override
        public synchronized Outcome invoke(String functionId, byte[] event) {
            events++;
            lastEventBytes = event.length;
            return new Outcome.Returned(behave.apply(event));
        }

        @Override
        public void close() {}
    }
}
