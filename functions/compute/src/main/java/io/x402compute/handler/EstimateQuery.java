package io.x402compute.handler;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Rate;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Service;

/**
 * Reads from a query what is to be estimated: the whole input, or the service's example with some of its fields changed. What a
 * request to run would be refused for is refused here.
 */
final class EstimateQuery {
    private static final String SERVICE = "service";
    private static final String INPUT = "input";
    private static final String PRIORITY = "priority";
    private static final String SECONDS = "seconds";
    /** Not of the input: whoever appends these to every address he asks is to be understood all the same. */
    private static final Set<String> OWN = Set.of(SERVICE, INPUT, PRIORITY, SECONDS);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final int LONGEST_KEY = 64;

    private final RunRequests requests;

    EstimateQuery(RunRequests requests) {
        this.requests = requests;
    }

    RunRequest read(ApiRequest request) {
        Service service = requests.service(RequestBody.ofQuery(request).text(SERVICE, LONGEST_KEY));
        ObjectNode schema = service.input().toJson();
        ObjectNode input = request.queryParameter(INPUT).map(EstimateQuery::object)
                .orElseGet(() -> example(service, schema, request));
        JsonNode fields = schema.path("properties");
        request.query().forEach((name, text) -> {
            if (!OWN.contains(name)) {
                if (!fields.has(name)) {
                    throw ApiException.invalidField(name, "is not a field of " + service.key());
                }
                input.set(name, value(fields.path(name), text));
            }
        });
        request.queryParameter(SECONDS)
                .ifPresent(text -> timed(service).ifPresent(field -> input.set(field, number(text))));
        Optional<String> priority = request.header(RunRequests.PRIORITY).or(() -> request.queryParameter(PRIORITY));
        return requests.read(RequestBody.of(Json.object().put(SERVICE, service.key()).<ObjectNode>set(INPUT, input)),
                priority);
    }

    /** Without those of its fields that another one of the query stands in for. */
    private static ObjectNode example(Service service, ObjectNode schema, ApiRequest request) {
        ObjectNode example = service.example().deepCopy();
        List<String> either = schema.path("oneOf").valueStream().map(one -> one.at("/required/0").asText()).toList();
        return either.stream().anyMatch(request.query()::containsKey) ? example.remove(either) : example;
    }

    /** The field that says for how long, where a service is charged by that. */
    private static Optional<String> timed(Service service) {
        return service.price().rates().stream().filter(rate -> rate.meter() == Meter.SECONDS).map(Rate::field)
                .flatMap(Optional::stream).findFirst();
    }

    private static ObjectNode object(String text) {
        try {
            if (Json.read(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            // As anything else that is no object.
        }
        throw ApiException.invalidField(INPUT, "must be a JSON object");
    }

    /** Everything in a query is text; what else it is says the field. */
    private static JsonNode value(JsonNode field, String text) {
        return switch (field.path("type").asText()) {
            case "integer", "number" -> number(text);
            case "boolean" -> switch (text) {
                case "true", "false" -> Json.tree(Boolean.valueOf(text));
                default -> Json.tree(text);
            };
            default -> Json.tree(text);
        };
    }

    private static JsonNode number(String text) {
        return NUMBER.matcher(text).matches() ? Json.tree(new BigDecimal(text)) : Json.tree(text);
    }
}
