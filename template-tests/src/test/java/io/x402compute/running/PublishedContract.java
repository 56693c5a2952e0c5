package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** The contract as a deployment serves it, held against its answers. A field that is not in it is as wrong as one that is missing. */
final class PublishedContract {
    private final ObjectNode document;
    private final Set<String> served = new TreeSet<>();

    PublishedContract(Answer document) {
        this.document = (ObjectNode) document.body();
    }

    /** The answer, which is one that the route promises. */
    Answer kept(String route, Answer answer) {
        String[] key = route.split(" ", 2);
        JsonNode promised = resolved(document.path("paths").path(key[1]).path(key[0].toLowerCase(Locale.ROOT))
                .path("responses").path(Integer.toString(answer.status())));
        assertThat(promised.isMissingNode()).as("%s answers %d %s", route, answer.status(), answer.body()).isFalse();
        String type = answer.headers().firstValue("Content-Type").orElseThrow().split(";", -1)[0];
        JsonNode content = promised.path("content").path(type);
        if (content.isMissingNode()) {
            content = promised.path("content").path(type.split("/", 2)[0] + "/*");
        }
        assertThat(content.isMissingNode()).as("%s answers %d as %s", route, answer.status(), type).isFalse();
        if (type.equals("application/json")) {
            assertThat(violations(content.path("schema"), answer.body())).as("%s", answer.body()).isEmpty();
        }
        if (answer.status() < 300) {
            served.add(route);
        }
        return answer;
    }

    /** The routes that have served somebody so far. */
    Set<String> served() {
        return served;
    }

    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        document.path("paths").forEachEntry((path, item) -> item.fieldNames()
                .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return routes;
    }

    private List<String> violations(JsonNode schema, JsonNode body) {
        return compiled(schema).validate(Json.write(body), InputFormat.JSON,
                run -> run.getExecutionConfig().setFormatAssertionsEnabled(true)).stream().map(Object::toString)
                .toList();
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode root = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.putArray("allOf").add(closed(schema.deepCopy()));
        root.set("components", closed(document.get("components").deepCopy()));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").asText().equals("object")
                && object.path("properties").isObject() && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(PublishedContract::closed);
        return node;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
