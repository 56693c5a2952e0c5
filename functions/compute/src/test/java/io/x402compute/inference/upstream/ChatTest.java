package io.x402compute.inference.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;

class ChatTest {
    private static final String OPENAI = "POST /openai/chat/completions";
    private static final String VULTR = "POST /vultr/chat/completions";
    private static final String HI = "{\"prompt\": \"Hi\"}";

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aStreamBecomesTheAnswerThatTheArticleReadsWithTheUpstreamsOwnCount() {
        desk.upstream.onStream(OPENAI, chunk("{\"role\": \"assistant\", \"content\": \"Hel\"}", "null"),
                chunk("{\"content\": \"lo\"}", "\"stop\""),
                "{\"choices\": [], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 2, \"total_tokens\": 11}}",
                "[DONE]");

        Outcome.Completed completed = desk.completed("llm-4090", HI);

        JsonNode fields = completed.output().fields();
        assertThat(fields.at("/choices/0/message/content").asText()).isEqualTo("Hello");
        assertThat(fields.path("text").asText()).isEqualTo("Hello");
        assertThat(fields.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(completed.usage().of(Meter.INPUT_TOKENS)).isEqualTo(9);
        assertThat(completed.usage().of(Meter.OUTPUT_TOKENS)).isEqualTo(2);
    }

    @Test
    void theUpstreamIsAskedForACountAndGetsWhatTheCallerSent() {
        desk.upstream.onStream(OPENAI, chunk("{\"content\": \"x\"}", "\"stop\""), "[DONE]");

        desk.run("llm-4090", """
                {"messages": [{"role": "user", "content": [{"type": "text", "text": "What is it?"},
                 {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]}], "max_tokens": 99}""");

        assertThat(desk.upstream.asked().getFirst().json()).isEqualTo(Json.readOwn("""
                {"model": "gpt-4o-mini", "max_tokens": 99, "temperature": 0.7,
                 "messages": [{"role": "user", "content": [{"type": "text", "text": "What is it?"},
                  {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]}],
                 "stream": true, "stream_options": {"include_usage": true}}"""));
    }

    @Test
    void aPictureOfAServiceThatSeesIsAPartOfTheMessage() {
        desk.upstream.onStream(OPENAI, chunk("{\"content\": \"A fox\"}", "\"stop\""), "[DONE]");

        Outcome.Completed completed = desk.completed("caption", "{\"image_url\": \"https://example.com/a.png\"}");

        assertThat(desk.upstream.asked().getFirst().json().path("messages")).isEqualTo(Json.readOwn("""
                [{"role": "user", "content": [{"type": "text", "text": "Describe this picture in one sentence."},
                 {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]}]"""));
        assertThat(completed.output().fields()).isEqualTo(Json.readOwn("""
                {"text": "A fox", "model": "gpt-4o-mini"}"""));
    }

    @Test
    void whoeverDoesNotStreamIsUnderstoodToo() {
        desk.upstream.on(OPENAI, 200, """
                {"model": "m", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello"},
                 "finish_reason": "stop"}], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}""");

        Outcome.Completed completed = desk.completed("llm-4090", HI);

        assertThat(completed.output().fields().path("text").asText()).isEqualTo("Hello");
        assertThat(completed.usage().of(Meter.OUTPUT_TOKENS)).isEqualTo(2);
    }

    @Test
    void aCallOfAToolComesInPieces() {
        desk.upstream.onStream(OPENAI,
                chunk("{\"tool_calls\": [{\"index\": 0, \"id\": \"c1\", \"function\": {\"name\": \"f\", \"arguments\": \"{\\\"a\\\"\"}}]}",
                        "null"),
                chunk("{\"tool_calls\": [{\"index\": 0, \"function\": {\"arguments\": \":1}\"}}]}", "\"tool_calls\""),
                "[DONE]");

        assertThat(desk.completed("llm-4090", HI).output().fields().at("/choices/0/message/tool_calls"))
                .isEqualTo(Json.readOwn("""
                        [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\":1}"}}]"""));
    }

    @Test
    void whatIsNotCountedWeCount() {
        desk.upstream.onStream(OPENAI, chunk("{\"content\": \"12345\"}", "\"stop\""));

        assertThat(desk.completed("llm-4090", HI).usage().of(Meter.OUTPUT_TOKENS)).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksOffIsAFailureAndTheNextIsAsked() {
        desk.upstream.onCutStream(OPENAI, chunk("{\"content\": \"Hel\"}", "null"));
        desk.upstream.onStream(VULTR, chunk("{\"content\": \"Hello\"}", "\"stop\""), "[DONE]");

        assertThat(desk.completed("llm-4090", HI).output().fields().path("text").asText()).isEqualTo("Hello");
    }

    @Test
    void aStreamThatTellsOfAnErrorIsAFailure() {
        desk.upstream.onStream(OPENAI, chunk("{\"content\": \"Hel\"}", "null"), "{\"error\": {\"message\": \"oops\"}}",
                "[DONE]");
        desk.upstream.on(VULTR, 500, "{}");

        assertThat(desk.run("llm-4090", HI)).isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void whatIsWrittenWhenTimeIsOverIsTheAnswerAndIsWhatWasUsed() {
        desk.upstream.onStalledStream(OPENAI, chunk("{\"content\": \"Half of it\"}", "null"));

        Outcome.Completed completed = desk.patience(Duration.ofMillis(700)).completed("llm-4090", HI);

        assertThat(completed.output().fields().at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(completed.output().fields().path("text").asText()).isEqualTo("Half of it");
        assertThat(completed.usage().of(Meter.OUTPUT_TOKENS)).isEqualTo(3);
    }

    private static String chunk(String delta, String finish) {
        return "{\"object\": \"chat.completion.chunk\", \"choices\": [{\"index\": 0, \"delta\": " + delta
                + ", \"finish_reason\": " + finish + "}]}";
    }
}
