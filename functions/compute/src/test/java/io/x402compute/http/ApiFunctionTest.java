package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ApiFunctionTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeContext context = new FakeContext();

    @Test
    void requestIsReadFromTheEvent() {
        APIGatewayV2HTTPEvent event = Requests.event("POST", "/things", "");
        event.setHeaders(Map.of("X-Mixed-Case", "kept AS is"));
        event.setRawQueryString("a=1&a=2");
        event.setQueryStringParameters(Map.of("a", "1,2"));
        event.setBody(Base64.getEncoder().encodeToString(new byte[]{(byte) 0xff, 0}));
        event.setIsBase64Encoded(true);

        answer(event, request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("x-mixed-CASE")).contains("kept AS is");
            assertThat(request.rawQuery()).isEqualTo("a=1&a=2");
            assertThat(request.queryParameter("a")).contains("1,2");
            assertThat(request.body()).containsExactly(0xff, 0);
            assertThat(request.url()).isEqualTo("https://rehearsal.invalid/things");
            assertThat(request.deadline()).isEqualTo("2026-01-01T00:00:30Z");
            return ApiResponse.ok(Json.object());
        });

        assertThat(line().path("status").asInt()).isEqualTo(200);
    }

    @Test
    void publicUrlReplacesTheHostThatWasAsked() {
        APIGatewayV2HTTPResponse response = new Answering("https://public.example",
                request -> ApiResponse.ok(Json.object().put("url", request.url())))
                .handleRequest(Requests.event("GET", "/x", ""), context);

        assertThat(response.getBody()).isEqualTo("{\"url\":\"https://public.example/x\"}");
    }

    @Test
    void answersAreJsonThatNobodyCachesUnlessTheyMayBe() {
        assertThat(answer(Requests.event("GET", "/x", ""), request -> ApiResponse.ok(Json.object())).getHeaders())
                .containsOnly(Map.entry("Content-Type", "application/json"), Map.entry("Cache-Control", "no-store"),
                        Map.entry("X-Request-Id", "rehearsal"));
        assertThat(answer(Requests.event("GET", "/x", ""),
                request -> ApiResponse.ok(Json.object()).withHeader("Cache-Control", "public, max-age=60"))
                .getHeaders())
                .containsEntry("Cache-Control", "public, max-age=60");
    }

    @Test
    void refusalHasTheOneErrorShapeAndItsHeaders() {
        APIGatewayV2HTTPResponse response = answer(Requests.event("GET", "/x", ""), request -> {
            throw new ApiException(409, "busy", "Later").withHeader("Retry-After", "3");
        });

        assertThat(response.getStatusCode()).isEqualTo(409);
        assertThat(response.getBody())
                .isEqualTo("{\"error\":\"Later\",\"code\":\"busy\",\"request_id\":\"rehearsal\"}");
        assertThat(response.getHeaders()).containsEntry("Retry-After", "3");
        assertThat(line().path("code").asText()).isEqualTo("busy");
    }

    @Test
    void failureTellsTheCallerNothingAndTheLogWhere() {
        APIGatewayV2HTTPResponse response = answer(Requests.event("GET", "/x", ""), request -> {
            throw new IllegalStateException("the key is hunter2", new IOException("hunter2 again"));
        });

        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(response.getBody())
                .isEqualTo("{\"error\":\"Internal error\",\"code\":\"internal_error\",\"request_id\":\"rehearsal\"}");
        assertThat(context.lines()).hasSize(1);
        assertThat(context.lines().getFirst()).doesNotContain("hunter2");
        assertThat(line().path("exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line().path("cause").asText()).isEqualTo("java.io.IOException");
        assertThat(line().path("at").get(0).asText()).startsWith("io.x402compute.http.ApiFunctionTest.");
    }

    @Test
    void logLineNamesRouteStatusAndDurationAndNothingThatWasSent() {
        APIGatewayV2HTTPEvent event = Requests.event("POST", "/x", "{\"secret\":1}");
        event.setHeaders(Map.of("x-payment", "secret", "x-auth-signature", "secret"));
        event.setRouteKey("POST /x");

        answer(event, request -> {
            clock.advance(Duration.ofMillis(250));
            return ApiResponse.of(201, Json.object().put("password", "secret"));
        });

        assertThat(context.lines()).containsExactly(
                "{\"request_id\":\"rehearsal\",\"route\":\"POST /x\",\"status\":201,\"duration_ms\":250}");
    }

    @Test
    void bodyOver128KilobytesIsRefused() {
        String largest = "x".repeat(128 * 1024);

        assertThat(
                answer(Requests.event("POST", "/x", largest), request -> ApiResponse.ok(Json.object())).getStatusCode())
                .isEqualTo(200);
        APIGatewayV2HTTPResponse response = answer(Requests.event("POST", "/x", largest + "x"),
                request -> ApiResponse.ok(Json.object()));
        assertThat(response.getStatusCode()).isEqualTo(413);
        assertThat(response.getBody()).contains("body_too_large");
    }

    @Test
    void bodyThatIsNotTheAnnouncedBase64IsRefused() {
        APIGatewayV2HTTPEvent event = Requests.event("POST", "/x", "%%%");
        event.setIsBase64Encoded(true);

        assertThat(answer(event, request -> ApiResponse.ok(Json.object())).getStatusCode()).isEqualTo(400);
    }

    @Test
    void primingServesNoRequestAndRestoreForgets() {
        Answering function = new Answering("", request -> {
            throw new AssertionError("a default rehearsal does not reach the handler");
        });

        function.beforeCheckpoint(null);
        assertThat(function.forgotten).isFalse();
        function.afterRestore(null);
        assertThat(function.forgotten).isTrue();
    }

    private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Function<ApiRequest, ApiResponse> answer) {
        return new Answering("", answer).handleRequest(event, context);
    }

    private JsonNode line() {
        return Json.readOwn(context.lines().getFirst());
    }

    private final class Answering extends ApiFunction {
        private final Function<ApiRequest, ApiResponse> answer;
        private boolean forgotten;

        Answering(String publicUrl, Function<ApiRequest, ApiResponse> answer) {
            super(clock, publicUrl);
            this.answer = answer;
        }

        @Override
        protected ApiResponse handle(ApiRequest request) {
            return answer.apply(request);
        }

        @Override
        protected void forget() {
            forgotten = true;
        }
    }
}
