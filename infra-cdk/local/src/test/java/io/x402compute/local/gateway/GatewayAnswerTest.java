package io.x402compute.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.x402compute.local.function.FunctionRuntime.Outcome;

class GatewayAnswerTest {

    @Test
    void aFullAnswerIsPassedOn() {
        GatewayAnswer answer = returned("""
                {"statusCode": 402, "headers": {"Content-Type": "application/json", "PAYMENT-REQUIRED": "abc"},
                 "multiValueHeaders": {"X-Many": ["1", "2"]}, "cookies": ["c=1"], "body": "{}"}""");

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.headers()).containsEntry("content-type", List.of("application/json"))
                .containsEntry("payment-required", List.of("abc"))
                .containsEntry("x-many", List.of("1", "2"))
                .containsEntry("set-cookie", List.of("c=1"));
        assertThat(answer.body()).asString().isEqualTo("{}");
    }

    @Test
    void aBase64BodyIsDecoded() {
        GatewayAnswer answer = returned("""
                {"statusCode": 200, "body": "/wA=", "isBase64Encoded": true}""");

        assertThat(answer.body()).containsExactly(0xff, 0);
        assertThat(answer.headers()).containsEntry("content-type", List.of("text/plain; charset=utf-8"));
    }

    @Test
    void anAnswerWithoutAStatusIsItselfTheBody() {
        GatewayAnswer answer = returned("""
                {"hello": "world"}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", List.of("application/json"));
        assertThat(answer.body()).asString().isEqualTo("{\"hello\": \"world\"}");
    }

    @Test
    void anAnswerThatBreaksItsOwnPromiseIsAnInternalServerError() {
        assertThat(returned("not json").status()).isEqualTo(500);
        assertThat(returned("{\"statusCode\": 200, \"body\": \"!\", \"isBase64Encoded\": true}").status())
                .isEqualTo(500);
    }

    @Test
    void aFailureIsAnInternalServerErrorWithoutItsReason() {
        GatewayAnswer answer = GatewayAnswer.of(new Outcome.Failed("java.lang.Error", "secret"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).asString().isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    @Test
    void aLateFunctionIsUnavailable() {
        GatewayAnswer answer = GatewayAnswer.of(new Outcome.TimedOut(Duration.ofSeconds(29)));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).asString().isEqualTo("{\"message\":\"Service Unavailable\"}");
    }

    private static GatewayAnswer returned(String payload) {
        return GatewayAnswer.of(new Outcome.Returned(payload.getBytes(StandardCharsets.UTF_8)));
    }
}
