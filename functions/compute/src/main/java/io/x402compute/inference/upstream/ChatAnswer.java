package io.x402compute.inference.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Usage;

/** What a model has answered, put together from the pieces of a stream or read from a whole answer. Not thread-safe. */
final class ChatAnswer {
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, ObjectNode> toolCalls = new TreeMap<>();
    private JsonNode usage = MissingNode.getInstance();
    private String model = "";
    private String finish = "";
    private boolean done;
    private boolean broken;

    private ChatAnswer() {}

    /** From server-sent events; the last may be incomplete. */
    static ChatAnswer streamed(byte[] body) {
        ChatAnswer answer = new ChatAnswer();
        new String(body, UTF_8).lines().filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()).strip()).forEach(answer::take);
        return answer;
    }

    /** From an answer that is not a stream; empty if it is not one to a chat. */
    static Optional<ChatAnswer> whole(JsonNode json) {
        JsonNode choice = json.at("/choices/0");
        if (!choice.path("message").isObject()) {
            return Optional.empty();
        }
        ChatAnswer answer = new ChatAnswer();
        answer.takeFrom(json);
        answer.add(choice.path("message"));
        answer.finish = choice.path("finish_reason").asText("stop");
        return Optional.of(answer);
    }

    private void take(String data) {
        if (data.equals(DONE)) {
            done = true;
            return;
        }
        JsonNode chunk = Failures.json(data.getBytes(UTF_8));
        broken |= chunk.has("error");
        takeFrom(chunk);
        JsonNode choice = chunk.at("/choices/0");
        add(choice.path("delta"));
        if (choice.path("finish_reason").isTextual()) {
            finish = choice.path("finish_reason").textValue();
        }
    }

    private void takeFrom(JsonNode json) {
        if (json.path("usage").isObject()) {
            usage = json.path("usage");
        }
        if (json.path("model").isTextual()) {
            model = json.path("model").textValue();
        }
    }

    private void add(JsonNode message) {
        text.append(message.path("content").asText(""));
        int place = 0;
        for (JsonNode part : message.path("tool_calls")) {
            addToolCall(part.path("index").asInt(place), part);
            place++;
        }
    }

    /** Its arguments come in pieces, and only the first piece has its name. */
    private void addToolCall(int index, JsonNode part) {
        ObjectNode call = toolCalls.computeIfAbsent(index, _ -> {
            ObjectNode empty = Json.object().put("id", "").put("type", "function");
            empty.putObject("function").put("name", "").put("arguments", "");
            return empty;
        });
        call.put("id", call.get("id").asText() + part.path("id").asText(""));
        ObjectNode function = (ObjectNode) call.get("function");
        for (String field : new String[]{"name", "arguments"}) {
            function.put(field, function.get(field).asText() + part.path("function").path(field).asText(""));
        }
    }

    boolean isFinished() {
        return !broken && (done || !finish.isEmpty());
    }

    boolean hasText() {
        return !broken && text.length() > 0;
    }

    ObjectNode fields(String asked, ObjectNode input) {
        ObjectNode fields = Json.object().put("text", text.toString());
        ObjectNode choice = fields.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant").put("content", text.toString());
        if (!toolCalls.isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            toolCalls.values().forEach(calls::add);
        }
        // Only our own time being over leaves it without an end.
        choice.put("finish_reason", finish.isEmpty() ? "length" : finish);
        fields.put("model", model.isEmpty() ? asked : model);
        long read = read(input);
        long written = written();
        fields.putObject("usage").put("prompt_tokens", read).put("completion_tokens", written).put("total_tokens",
                read + written);
        return fields;
    }

    /** As the upstream counts, or as we do where it did not come to that. */
    Usage usage(ObjectNode input) {
        return new Usage(Map.of(Meter.REQUESTS, 1L, Meter.INPUT_TOKENS, read(input), Meter.OUTPUT_TOKENS, written()));
    }

    private long read(ObjectNode input) {
        JsonNode counted = usage.path("prompt_tokens");
        return counted.canConvertToLong() ? Math.max(0, counted.longValue()) : Tokens.in(Json.write(input));
    }

    private long written() {
        JsonNode counted = usage.path("completion_tokens");
        return counted.canConvertToLong()
                ? Math.max(0, counted.longValue())
                : Tokens.in(text.toString() + toolCalls.values());
    }
}
