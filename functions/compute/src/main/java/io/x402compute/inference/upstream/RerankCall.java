package io.x402compute.inference.upstream;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** {@code POST /rerank}, as Cohere, Jina and vLLM have it. The documents in the answer are those that were sent. */
final class RerankCall implements Call {

    @Override
    public Outcome run(Task task, Connection upstream) {
        Reply reply = upstream.post("/rerank", task.body("query", "documents", "top_n"), task.begun(), task.patience(),
                Connection.MOST_JSON);
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply);
        }
        JsonNode json = Failures.json(answered.body());
        if (!json.path("results").isArray()) {
            return Failures.FAILED;
        }
        ObjectNode fields = Json.object();
        ArrayNode results = fields.putArray("results");
        JsonNode documents = task.input().path("documents");
        for (JsonNode result : json.path("results")) {
            JsonNode document = documents.path(result.path("index").asInt(-1));
            if (document.isMissingNode() || !result.path("relevance_score").isNumber()) {
                return Failures.FAILED;
            }
            ObjectNode entry = results.addObject();
            entry.set("index", result.get("index"));
            entry.set("score", result.get("relevance_score"));
            entry.set("document", document);
        }
        fields.put("model", json.path("model").asText(task.model()));
        return new Outcome.Completed(new Output(fields, List.of()), Usage.of(Meter.REQUESTS, 1));
    }
}
