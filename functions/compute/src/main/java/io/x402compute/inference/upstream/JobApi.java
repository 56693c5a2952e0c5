package io.x402compute.inference.upstream;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.x402compute.http.Json;

/** How an upstream with jobs is asked, as the catalogue describes it. */
record JobApi(
        Step submit, JsonPointer id, Step poll, Optional<Step> cancel, JsonPointer status, Set<String> completed,
        Set<String> failed, JsonPointer result, Optional<JsonPointer> progress, Set<Integer> refused) {

    /** @param path with {@code {id}} for the job's */
    record Step(String method, String path, Optional<ObjectNode> body) {

        String path(String id) {
            return path.replace("{id}", id);
        }

        /** The body with everything filled in that stands in braces. */
        Optional<ObjectNode> body(String model, ObjectNode input, String job) {
            return body.map(template -> (ObjectNode) filled(template, Json.object().put("{model}", model)
                    .<ObjectNode>set("{input}", input).put("{job}", job)));
        }

        private static JsonNode filled(JsonNode template, ObjectNode values) {
            return switch (template) {
                case TextNode text when values.has(text.textValue()) -> values.get(text.textValue());
                case ObjectNode object -> {
                    ObjectNode filled = Json.object();
                    object.forEachEntry((name, value) -> filled.set(name, filled(value, values)));
                    yield filled;
                }
                case ArrayNode array -> {
                    ArrayNode filled = Json.array();
                    array.forEach(value -> filled.add(filled(value, values)));
                    yield filled;
                }
                default -> template;
            };
        }
    }

    static JobApi of(JsonNode json) {
        return new JobApi(step(json.get("submit")), pointer(json.get("id")), step(json.get("poll")),
                Optional.ofNullable(json.get("cancel")).map(JobApi::step), pointer(json.get("status")),
                words(json.get("completed")), words(json.get("failed")), pointer(json.get("result")),
                Optional.ofNullable(json.get("progress")).map(JobApi::pointer),
                json.get("refused").valueStream().map(JsonNode::intValue).collect(Collectors.toUnmodifiableSet()));
    }

    private static Step step(JsonNode json) {
        return new Step(json.get("method").textValue(), json.get("path").textValue(),
                Optional.ofNullable((ObjectNode) json.get("body")));
    }

    private static JsonPointer pointer(JsonNode json) {
        return JsonPointer.compile(json.textValue());
    }

    private static Set<String> words(JsonNode json) {
        return json.valueStream().map(JsonNode::textValue).collect(Collectors.toUnmodifiableSet());
    }
}
