package io.x402compute.local.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** {@code POST /embeddings}. */
final class EmbeddingRoutes {
    private static final int DIMENSIONS = 1024;
    private static final int MOST = 2048;

    private final Models models;

    EmbeddingRoutes(Models models) {
        this.models = models;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/embeddings", this::embed);
    }

    private Reply embed(Call call) {
        Fields fields = Fields.ofJson(call, "input model encoding_format dimensions user");
        String model = models.require(call.dialect(), fields.text("model"), "embedding");
        boolean packed = fields.oneOf("encoding_format", "float", "float", "base64").equals("base64");
        int dimensions = fields.whole("dimensions", 1, DIMENSIONS, DIMENSIONS);
        List<String> texts = inputs(fields);
        ObjectNode body = Json.object().put("object", "list").put("model", model);
        ArrayNode data = body.putArray("data");
        for (int index = 0; index < texts.size(); index++) {
            double[] vector = Meaning.of(texts.get(index), dimensions);
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", index);
            if (packed) {
                entry.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (double number : vector) {
                    numbers.add((float) number);
                }
            }
        }
        int tokens = texts.stream().mapToInt(Tokens::count).sum();
        body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return Reply.json(body);
    }

    /** Text, texts, tokens, or texts in tokens. */
    private static List<String> inputs(Fields fields) {
        if (fields.required("input").isTextual()) {
            return List.of(fields.text("input"));
        }
        List<JsonNode> elements = fields.array("input", MOST);
        if (elements.getFirst().isNumber()) {
            return List.of(fields.required("input").toString());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements) {
            if (element.isTextual() ? element.textValue().isEmpty() : !element.isArray()) {
                throw Refused.wrongType("input", "texts that are not empty, or arrays of tokens");
            }
            texts.add(element.isTextual() ? element.textValue() : element.toString());
        }
        return texts;
    }

    private static String base64(double[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : vector) {
            bytes.putFloat((float) number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
