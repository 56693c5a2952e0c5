package io.x402compute.inference.upstream;

import static io.x402compute.inference.FakeModels.model;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.inference.Outcome;

class FailoverTest {
    private static final String OPENAI = "POST /openai/embeddings";
    private static final String VULTR = "POST /vultr/embeddings";
    private static final String INPUT = "{\"text\": \"GPU\"}";
    private static final String VECTOR = "{\"data\": [{\"index\": 0, \"embedding\": [0.5]}]}";

    private final Desk desk = new Desk();

    FailoverTest() {
        desk.models.has("openai", Desk.NOW, model("bge-m3"));
        desk.models.has("vultr", Desk.NOW, model("qwen3-embedding-4b", "0.02", "0"));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 502, 503, 504, 302})
    void whoeverFailsIsFollowedByTheNext(int status) {
        desk.upstream.on(OPENAI, status, "{\"error\": {\"message\": \"no\"}}").on(VULTR, 200, VECTOR);

        assertThat(desk.run("embedding-l4", INPUT)).isInstanceOf(Outcome.Completed.class);
        assertThat(desk.upstream.lines()).containsExactly(OPENAI, VULTR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error": {"message": "too many tokens", "code": "context_length_exceeded"}}
            422 | {"error": {"code": 422, "message": "too many tokens", "metadata": {"error_type": "x"}}}
            413 | {"message": "too many tokens"}
            400 | {"detail": "too many tokens"}
            """)
    void anInputThatIsRefusedIsTriedNowhereElse(int status, String body) {
        desk.upstream.on(OPENAI, status, body).on(VULTR, 200, VECTOR);

        assertThat(desk.run("embedding-l4", INPUT)).isEqualTo(new Outcome.Refused("too many tokens"));
        assertThat(desk.upstream.lines()).containsExactly(OPENAI);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | <html>Bad Request</html>
            400 | {"error": {"message": "The model does not exist", "code": "model_not_found"}}
            400 | {"error": {"message": "invalid model", "param": "model"}}
            """)
    void whatTheCallerCannotHelpIsNoRefusal(int status, String body) {
        desk.upstream.on(OPENAI, status, body).on(VULTR, 200, VECTOR);

        assertThat(desk.run("embedding-l4", INPUT)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void aWrongAnswerIsNone() {
        desk.upstream.on(OPENAI, 200, "{\"data\": []}").on(VULTR, 200, "not JSON");

        assertThat(desk.run("embedding-l4", INPUT)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void whoeverIsSilentLeavesTimeForAnother() {
        desk.upstream.onSilence(OPENAI).on(VULTR, 200, VECTOR);

        assertThat(desk.patience(Duration.ofSeconds(1)).run("embedding-l4", INPUT))
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void silenceIsTimeThatIsOver() {
        desk.upstream.onSilence(OPENAI).on(VULTR, 500, "{}");

        assertThat(desk.patience(Duration.ofMillis(500)).run("embedding-l4", INPUT))
                .isEqualTo(new Outcome.Failed("upstream_timeout"));
    }

    @Test
    void tooManyEverywhereIsBusy() {
        desk.upstream.on(OPENAI, 429, "{}").on(VULTR, 429, "{}");

        assertThat(desk.run("embedding-l4", INPUT)).isEqualTo(new Outcome.Failed("upstream_busy"));
    }

    @Test
    void nobodyIsAskedTwice() {
        desk.upstream.on(OPENAI, 500, "{}").on(OPENAI, 200, VECTOR).on(VULTR, 500, "{}").on(VULTR, 200, VECTOR);

        assertThat(desk.run("embedding-l4", INPUT)).isInstanceOf(Outcome.Failed.class);
        assertThat(desk.upstream.lines()).containsExactly(OPENAI, VULTR);
    }

    @Test
    void whoeverWantsItCheapIsServedByTheCheapest() {
        desk.upstream.on(VULTR, 200, VECTOR);

        desk.run(desk.request("embedding-l4", INPUT, "cheap"));

        assertThat(desk.upstream.lines()).containsExactly(VULTR);
        assertThat(desk.upstream.asked().getFirst().json().path("model").asText()).isEqualTo("qwen3-embedding-4b");
    }

    @Test
    void eachUpstreamGetsItsOwnKeyAndNobodyElseSeesIt() {
        desk.upstream.on(OPENAI, 500, "{}").on(VULTR, 200, VECTOR);

        Outcome outcome = desk.run("embedding-l4", INPUT);

        assertThat(desk.upstream.asked()).extracting(ScriptedUpstream.Asked::authorization)
                .containsExactly(Optional.of("Bearer " + Desk.KEY), Optional.empty());
        assertThat(outcome.toString()).doesNotContain(Desk.KEY);
        assertThat(desk.upstream.named("openai", Desk.KEY).toString()).doesNotContain(Desk.KEY);
    }

    @Test
    void anAnswerThatNobodyCouldKeepIsAFailure() {
        desk.models.has("openai", Desk.NOW, model("kokoro-82m")).has("vultr", Desk.NOW);
        desk.upstream.onFile("POST /openai/audio/speech", "audio/mpeg", new byte[5 << 20]);

        assertThat(desk.run("tts-fast", "{\"text\": \"Hello\"}")).isEqualTo(new Outcome.Failed("upstream_failed"));
    }
}
