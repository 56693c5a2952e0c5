package io.x402compute.inference.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Candidate;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Service;
import io.x402compute.inference.outside.Patience;

/**
 * What one upstream is asked to do.
 *
 * @param model which it is to do it with
 * @param begun until when its answer must have begun: whoever is silent for longer leaves time for another
 * @param patience how long the answer may take
 */
record Task(
        JobId job, Service service, ObjectNode input, Candidate candidate, String model, Duration begun,
        Patience patience) {

    /** The model and those fields of the input, as the upstream calls them. */
    ObjectNode body(String... fields) {
        ObjectNode body = Json.object().put("model", model);
        return body.setAll(translated(Stream.concat(Stream.of(fields), candidate.also().stream())));
    }

    /** The whole input, as the upstream calls it. */
    ObjectNode translated() {
        return translated(input.propertyStream().map(Map.Entry::getKey));
    }

    private ObjectNode translated(Stream<String> fields) {
        ObjectNode body = Json.object();
        fields.filter(input::has).forEach(
                field -> body.set(candidate.names().getOrDefault(field, field), value(field, input.get(field))));
        return body.setAll(candidate.set());
    }

    private JsonNode value(String field, JsonNode value) {
        String theirs = candidate.values().getOrDefault(field, Map.of()).get(value.asText());
        return theirs == null ? value : TextNode.valueOf(theirs);
    }
}
