package io.x402compute.local.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The models that there are, from the resource {@code models.json}, and what each API says of them. */
final class Models {
    private static final long CREATED = 1_767_225_600;

    private final Map<String, JsonNode> models = new LinkedHashMap<>();

    Models() {
        try (InputStream file = Models.class.getResourceAsStream("models.json")) {
            Json.read(file.readAllBytes()).forEach(model -> models.put(model.path("id").textValue(), model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(Routes routes) {
        routes.keyed(Dialect.OPENAI, "GET", "/models", _ -> list(Dialect.OPENAI));
        routes.open(Dialect.VULTR, "GET", "/models", _ -> list(Dialect.VULTR));
        routes.shared("GET", "/models/([^/]+(?:/[^/]+)?)", call -> Reply.json(
                describe(call.dialect(),
                        find(call.dialect(), call.id()).orElseThrow(() -> Refused.unknownModel(call.id())))));
    }

    /** @throws Refused unless there is that model for that task */
    String require(Dialect dialect, String id, String task) {
        return find(dialect, id).filter(model -> model.path("task").asText().equals(task))
                .orElseThrow(() -> Refused.unknownModel(id)).path("id").textValue();
    }

    /** The first for that task, where it is not told which. */
    String any(Dialect dialect, String task) {
        return of(dialect).filter(model -> model.path("task").asText().equals(task)).findFirst()
                .orElseThrow(() -> Refused.missing("model")).path("id").textValue();
    }

    /** In tokens. */
    int context(String id) {
        return models.get(id).path("context").asInt(Integer.MAX_VALUE);
    }

    /** Whether it understands pictures. */
    boolean sees(String id) {
        return models.get(id).path("sees").asBoolean();
    }

    private Optional<JsonNode> find(Dialect dialect, String id) {
        return Optional.ofNullable(models.get(id)).filter(model -> speaks(model, dialect));
    }

    private Stream<JsonNode> of(Dialect dialect) {
        return models.values().stream().filter(model -> speaks(model, dialect));
    }

    private static boolean speaks(JsonNode model, Dialect dialect) {
        return model.path("apis").valueStream().anyMatch(api -> Dialect.valueOf(api.asText()) == dialect);
    }

    private Reply list(Dialect dialect) {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        of(dialect).map(model -> describe(dialect, model)).forEach(data::add);
        return Reply.json(body);
    }

    private static ObjectNode describe(Dialect dialect, JsonNode model) {
        ObjectNode entry = Json.object().put("id", model.path("id").textValue()).put("object", "model")
                .put("created", CREATED).put("owned_by", "local");
        if (dialect == Dialect.VULTR) {
            extend(entry, model);
        }
        return entry;
    }

    /** What only Vultr tells. Text is priced by the token. */
    private static void extend(ObjectNode entry, JsonNode model) {
        entry.set("name", model.path("name"));
        entry.put("description", model.path("name").textValue() + ", simulated");
        ArrayNode inputs = entry.putArray("input_modalities");
        inputs.addObject().put("type", model.path("input").asText("text"))
                .set("max_context_length", model.path("context"));
        if (model.path("sees").asBoolean()) {
            inputs.addObject().put("type", "image");
        }
        entry.putArray("output_modalities").addObject().put("type", model.path("output").asText("text"));
        entry.put("streaming", model.path("task").asText().equals("chat"));
        if (model.has("cost_usd")) {
            entry.set("cost_usd", model.path("cost_usd"));
        }
    }
}
