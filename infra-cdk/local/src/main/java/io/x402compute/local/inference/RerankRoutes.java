package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code POST /rerank}, as Jina, Cohere and vLLM have it. */
final class RerankRoutes {
    private static final int MOST = 1000;
    private static final int DIMENSIONS = 4096;

    private final Models models;

    RerankRoutes(Models models) {
        this.models = models;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/rerank", this::rerank);
    }

    private record Scored(int index, String text, double score) {}

    private Reply rerank(Call call) {
        Fields fields = Fields.ofJson(call, "model query documents top_n return_documents");
        String model = models.require(call.dialect(), fields.text("model"), "rerank");
        String query = fields.text("query");
        List<String> documents = fields.array("documents", MOST).stream().map(RerankRoutes::text).toList();
        int most = fields.whole("top_n", 1, Integer.MAX_VALUE, documents.size());
        boolean whole = fields.flag("return_documents");
        ObjectNode body = Json.object().put("id", UUID.randomUUID().toString()).put("model", model);
        ArrayNode results = body.putArray("results");
        scored(query, documents).stream().limit(most).forEach(document -> {
            ObjectNode entry = results.addObject().put("index", document.index())
                    .put("relevance_score", document.score());
            if (whole) {
                entry.putObject("document").put("text", document.text());
            }
        });
        int tokens = Tokens.count(query) * documents.size() + documents.stream().mapToInt(Tokens::count).sum();
        body.putObject("usage").put("total_tokens", tokens);
        return Reply.json(body);
    }

    private static List<Scored> scored(String query, List<String> documents) {
        double[] wanted = Meaning.of(query, DIMENSIONS);
        List<Scored> scored = new ArrayList<>();
        for (int index = 0; index < documents.size(); index++) {
            double likeness = Meaning.product(wanted, Meaning.of(documents.get(index), DIMENSIONS));
            scored.add(new Scored(index, documents.get(index), Math.max(0, Math.min(1, likeness))));
        }
        scored.sort(Comparator.comparingDouble(Scored::score).reversed());
        return scored;
    }

    private static String text(JsonNode document) {
        JsonNode text = document.isObject() ? document.path("text") : document;
        if (!text.isTextual()) {
            throw Refused.wrongType("documents", "texts, or objects with a text");
        }
        return text.textValue();
    }
}
