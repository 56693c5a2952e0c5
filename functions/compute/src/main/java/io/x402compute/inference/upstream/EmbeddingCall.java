package io.x402compute.inference.upstream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /embeddings}. */
final class EmbeddingCall implements Call {

    @Override
    public Outcome run(Task task, Connection upstream) {
        boolean single = task.input().has("text");
        ArrayNode texts = single
                ? Json.array().add(task.input().get("text"))
                : (ArrayNode) task.input().get("texts");
        ObjectNode body = task.body().put("encoding_format", "float");
        body.set("input", texts);
        Reply reply = upstream.post("/embeddings", body, task.begun(), task.patience(), Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        JsonNode json = Failures.json(answered.body());
        List<JsonNode> vectors = vectors(json.path("data"));
        return vectors.size() == texts.size() ? completed(task, json, vectors, single) : Failures.FAILED;
    }

    /** In the order of the texts, which need not be theirs. */
    private static List<JsonNode> vectors(JsonNode data) {
        Map<Integer, JsonNode> byIndex = new TreeMap<>();
        data.forEach(entry -> {
            if (entry.path("embedding").isArray()) {
                byIndex.put(entry.path("index").asInt(), entry.path("embedding"));
            }
        });
        return List.copyOf(byIndex.values());
    }

    private static Outcome completed(Task task, JsonNode json, List<JsonNode> vectors, boolean single) {
        ObjectNode fields = Json.object();
        fields.set("embedding", vectors.getFirst());
        if (!single) {
            fields.putArray("embeddings").addAll(vectors);
        }
        fields.put("dimensions", vectors.getFirst().size()).put("model", json.path("model").asText(task.model()));
        JsonNode counted = json.at("/usage/prompt_tokens");
        long tokens = counted.canConvertToLong()
                ? Math.max(0, counted.longValue())
                : Tokens.in(Json.write(task.input()));
        return new Outcome.Completed(new Output(fields, List.of()),
                new Usage(Map.of(Meter.REQUESTS, 1L, Meter.INPUT_TOKENS, tokens)));
    }
}
