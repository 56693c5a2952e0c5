package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.Json;
import io.x402compute.local.inference.Asking.Answer;

/** Chat completions by OpenAI's and by Vultr's rules. */
class ChatTest {
    private static final String CHAT = "/v1/chat/completions";
    private static Asking asking;

    @BeforeAll
    static void start() {
        asking = new Asking();
    }

    @AfterAll
    static void stop() {
        asking.close();
    }

    @Test
    void anAnswerFollowsFromTheQuestionAndItsTokensAreCounted() {
        JsonNode body = asking.post(CHAT, question("What is a GPU?", "")).json();

        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/message/content").asText()).contains("What is a GPU?");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        JsonNode usage = body.path("usage");
        assertThat(usage.path("completion_tokens").asInt())
                .isEqualTo(Tokens.count(body.at("/choices/0/message/content").asText())).isPositive();
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
    }

    @Test
    void anAnswerIsNoLongerThanAllowed() {
        JsonNode body = asking.post(CHAT, question("A question of many words, all of which are repeated",
                ", \"max_tokens\": 3")).json();

        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void aStreamSaysTheSameInPiecesAndItsUsageLast() {
        String whole = asking.post(CHAT, question("Stream?", "")).json().at("/choices/0/message/content").asText();
        Answer answer = asking.post(CHAT,
                question("Stream?", ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));

        assertThat(answer.contentType()).isEqualTo("text/event-stream");
        List<String> lines = answer.text().lines().filter(line -> !line.isEmpty()).toList();
        assertThat(lines).last().isEqualTo("data: [DONE]");
        List<JsonNode> events = lines.subList(0, lines.size() - 1).stream()
                .map(line -> Json.readOwn(line.substring("data: ".length()))).toList();
        assertThat(events).hasSizeGreaterThan(4)
                .allSatisfy(event -> assertThat(event.path("object").asText()).isEqualTo("chat.completion.chunk"));
        assertThat(
                String.join("", events.stream().map(event -> event.at("/choices/0/delta/content").asText()).toList()))
                .isEqualTo(whole);
        assertThat(events.getLast().path("choices")).isEmpty();
        assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(Tokens.count(whole));
        assertThat(events.get(0).path("usage").isNull()).isTrue();
    }

    @Test
    void withoutBeingAskedAStreamTellsNoUsage() {
        assertThat(asking.post(CHAT, question("Stream?", ", \"stream\": true")).text()).doesNotContain("usage");
    }

    @Test
    void aPictureIsLookedAt() {
        JsonNode body = asking.post(CHAT, """
                {"model": "llava-v1.6-34b", "messages": [{"role": "user", "content": [
                  {"type": "text", "text": "What is this?"},
                  {"type": "image_url", "image_url": {"url": "%s?text=a+red+fox"}}]}]}"""
                .formatted(asking.server.sample("picture.png"))).json();

        assertThat(body.at("/choices/0/message/content").asText()).contains("256 by 256", "a red fox");
    }

    @Test
    void aToolIsCalledWhereThatIsDemanded() {
        JsonNode body = asking.post(CHAT, question("Weather?", """
                , "tools": [{"type": "function", "function": {"name": "weather"}}], "tool_choice": "required\""""))
                .json();

        assertThat(body.at("/choices/0/message/tool_calls/0/function/name").asText()).isEqualTo("weather");
        assertThat(body.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"messages": [{"role": "user", "content": "x"}]}                                    | 400 | model                     | missing_required_parameter
            {"model": "bge-m3", "messages": [{"role": "user", "content": "x"}]}                 | 404 |                           | model_not_found
            {"model": "no-such", "messages": [{"role": "user", "content": "x"}]}                | 404 |                           | model_not_found
            {"model": "mistral-7b-instruct-v0.3"}                                               | 400 | messages                  | missing_required_parameter
            {"model": "mistral-7b-instruct-v0.3", "messages": []}                               | 400 | messages                  | invalid_value
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "king", "content": ""}]} | 400 | role                     | invalid_value
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user"}]}               | 400 | content                   | missing_required_parameter
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "n": 0}             | 400 | n           | value_out_of_range
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "temperature": 3}   | 400 | temperature | value_out_of_range
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "max_tokens": "9"}  | 400 | max_tokens  | invalid_type
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "max_tokens": 1.5}  | 400 | max_tokens  | invalid_type
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "max_tokens": 99999} | 400 | messages   | context_length_exceeded
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": "x"}], "prompt": "y"}      | 400 | prompt      | unknown_parameter
            {"model": "mistral-7b-instruct-v0.3", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]} | 400 | messages | invalid_value
            {"model": "llava-v1.6-34b", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]} | 400 | image_url | invalid_input_file
            {"model":                                                                           | 400 |                           | invalid_json
            """)
    void whatIsWrongIsSaidInTheEnvelope(String request, int status, String param, String code) {
        Answer answer = asking.post(CHAT, request);

        assertThat(answer.status()).isEqualTo(status);
        JsonNode error = answer.json().path("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("param").textValue()).isEqualTo(param);
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void withoutTheKeyOrOnAnotherRouteNothingIsAnswered() {
        HttpRequest.Builder keyless = HttpRequest.newBuilder(asking.server.url().resolve("/v1/models"));
        assertThat(asking.send(keyless).json().at("/error/code").asText()).isEqualTo("missing_api_key");
        assertThat(asking.send(keyless.header("Authorization", "Bearer wrong")).json().at("/error/code").asText())
                .isEqualTo("invalid_api_key");
        assertThat(asking.get("/v1/no/such").status()).isEqualTo(404);
        assertThat(asking.get(CHAT).status()).isEqualTo(405);
        assertThat(asking.send(HttpRequest.newBuilder(asking.server.url().resolve(CHAT))
                .header("Authorization", "Bearer " + InferenceServer.API_KEY).header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(415);
        assertThat(asking.post(CHAT, "x".repeat(26 << 20)).status()).isEqualTo(413);
    }

    @Test
    void vultrSaysNoInItsOwnWay() {
        String path = "/vultr/v1/chat/completions";
        String request = "{\"model\": \"glm-5.2\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]%s}";

        assertThat(asking.post(path, request.formatted("")).status()).isEqualTo(200);
        Answer refused = asking.post(path, request.formatted(", \"response_format\": {\"type\": \"json_object\"}"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/error/metadata/error_type").asText()).isEqualTo("unknown_parameter");
        assertThat(asking.send(HttpRequest.newBuilder(asking.server.url().resolve("/vultr/v1/models/glm-5.2"))).json()
                .path("message").asText()).isEqualTo("No API key provided");
    }

    @Test
    void anybodyMayReadVultrsListWithItsPrices() {
        Answer list = asking.send(HttpRequest.newBuilder(asking.server.url().resolve("/vultr/v1/models")));
        Stream<JsonNode> models = list.json().path("data").valueStream();
        JsonNode glm = models.filter(model -> model.path("id").asText().equals("glm-5.2")).findFirst().orElseThrow();

        assertThat(glm.at("/cost_usd/input").decimalValue()).isEqualByComparingTo("0.00000075");
        assertThat(glm.at("/input_modalities/0/max_context_length").asInt()).isEqualTo(1_048_576);
        assertThat(asking.get("/v1/models").json().path("data")).isNotEmpty()
                .noneMatch(model -> model.has("cost_usd") || model.path("id").asText().startsWith("glm"));
    }

    private static String question(String text, String more) {
        return "{\"model\": \"llama-3.3-70b-instruct\", \"messages\": [{\"role\": \"user\", \"content\": \"" + text
                + "\"}]"
                + more + "}";
    }
}
