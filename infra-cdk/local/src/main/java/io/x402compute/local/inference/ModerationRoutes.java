package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code POST /moderations}: some words are taken amiss, in texts and in the descriptions that pictures carry. */
final class ModerationRoutes {
    private static final Map<String, List<String>> AMISS = new TreeMap<>(Map.of(
            "harassment", List.of("idiot", "stupid"), "hate", List.of("hate"),
            "illicit", List.of("heroin", "counterfeit"), "self-harm", List.of("suicide"),
            "sexual", List.of("naked", "nude", "nsfw", "porn"),
            "violence", List.of("kill", "murder", "shoot")));
    private static final double SURE = 0.97;
    private static final double UNLIKELY = 0.0003;
    private static final int MOST = 100;

    private final Models models;
    private final Inputs inputs;

    ModerationRoutes(Models models, Inputs inputs) {
        this.models = models;
        this.inputs = inputs;
    }

    void addTo(Routes routes) {
        routes.keyed(Dialect.OPENAI, "POST", "/moderations", this::moderate);
    }

    private Reply moderate(Call call) {
        Fields fields = Fields.ofJson(call, "input model");
        String model = fields.has("model")
                ? models.require(call.dialect(), fields.text("model"), "moderation")
                : models.any(call.dialect(), "moderation");
        ObjectNode body = Json.object().put("id", "modr-" + UUID.randomUUID()).put("model", model);
        ArrayNode results = body.putArray("results");
        texts(fields).forEach(text -> results.add(judged(text)));
        return Reply.json(body);
    }

    /** Each text on its own; the parts of one input together. */
    private List<String> texts(Fields fields) {
        if (fields.required("input").isTextual()) {
            return List.of(fields.text("input"));
        }
        List<JsonNode> elements = fields.array("input", MOST);
        if (elements.getFirst().isTextual()) {
            return fields.texts("input", MOST);
        }
        List<String> parts = new ArrayList<>();
        elements.forEach(part -> parts.add(switch (part.path("type").asText()) {
            case "text" -> part.path("text").asText();
            case "image_url" -> inputs.picture("input", part.path("image_url").path("url").asText()).description();
            default -> throw Refused.wrongValue("input.type", part.path("type").asText(), List.of("text", "image_url"));
        }));
        return List.of(String.join("\n", parts));
    }

    private static ObjectNode judged(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        ObjectNode categories = Json.object();
        ObjectNode scores = Json.object();
        AMISS.forEach((category, words) -> {
            boolean amiss = words.stream().anyMatch(lower::contains);
            categories.put(category, amiss);
            scores.put(category, amiss ? SURE : UNLIKELY);
        });
        boolean flagged = categories.valueStream().anyMatch(JsonNode::booleanValue);
        ObjectNode result = Json.object().put("flagged", flagged);
        result.set("categories", categories);
        return result.set("category_scores", scores);
    }
}
