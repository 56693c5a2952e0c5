package io.x402compute.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;

import io.x402compute.contract.Operation;
import io.x402compute.contract.Operation.In;
import io.x402compute.contract.Route;
import io.x402compute.http.Json;
import io.x402compute.x402.extension.ToolDiscovery;

/**
 * A route of the API as a tool.
 *
 * @param places where each argument stands in a request of the route; those that are not here are fields of its body
 * @param takesBody whether the route reads one
 * @param inputSchema JSON Schema of all arguments
 */
public record Tool(
        String name,
        String title,
        String description,
        Effect effect,
        Route route,
        Map<String, Place> places,
        boolean takesBody,
        ObjectNode inputSchema) {

    /** Outside of the body. */
    record Place(In in, String name) {}

    /** What a call does to the world, for whoever decides whether to ask a person first. */
    enum Effect {
        READS(true, false, true),
        /** Something new; a second call is a second one, unless it has the same {@code idempotency_key}. */
        BUYS(false, false, false),
        ENDS(false, true, true);

        private final boolean readOnly;
        private final boolean destructive;
        private final boolean idempotent;

        Effect(boolean readOnly, boolean destructive, boolean idempotent) {
            this.readOnly = readOnly;
            this.destructive = destructive;
            this.idempotent = idempotent;
        }
    }

    /** How it is called, for catalogues of what can be bought. */
    public ToolDiscovery discovery() {
        return new ToolDiscovery(name, description, inputSchema);
    }

    /** As clients are told of it. */
    McpSchema.Tool listed() {
        Map<String, Object> schema = new LinkedHashMap<>();
        inputSchema.forEachEntry(schema::put);
        return McpSchema.Tool.builder(name, schema).title(title).description(description)
                .annotations(McpSchema.ToolAnnotations.builder().title(title).readOnlyHint(effect.readOnly)
                        .destructiveHint(effect.destructive).idempotentHint(effect.idempotent).build())
                .build();
    }

    /** The names of its arguments, for people. */
    String takes() {
        List<String> names = inputSchema.path("properties").propertyStream().map(Map.Entry::getKey).toList();
        return names.isEmpty() ? name + " takes no arguments" : name + " takes " + String.join(", ", names);
    }

    /**
     * A row of the table of tools, with what the contract says of its route.
     *
     * @param row {@code arguments} names parameters otherwise than the route does, as only parameters in the path and the query, and
     *     the fields of the body, are arguments by themselves; {@code without} leaves some out
     */
    static Tool of(JsonNode row, Operation operation) {
        Map<String, Place> places = new LinkedHashMap<>();
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.arrayNode();
        Set<String> without = row.path("without").valueStream().map(JsonNode::textValue).collect(Collectors.toSet());
        for (Operation.Parameter parameter : operation.parameters()) {
            argument(row, parameter).filter(name -> !without.contains(name)).ifPresent(name -> {
                places.put(name, new Place(parameter.in(), parameter.name()));
                properties.set(name, parameter.schema());
                if (parameter.isRequired()) {
                    required.add(name);
                }
            });
        }
        operation.body().ifPresent(body -> {
            body.path("properties").forEachEntry(properties::set);
            body.path("required").forEach(required::add);
        });
        properties.remove(without);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return new Tool(row.get("name").textValue(), row.get("title").textValue(), row.get("description").textValue(),
                Effect.valueOf(row.get("effect").textValue()), operation.route(), Map.copyOf(places),
                operation.body().isPresent(), schema);
    }

    private static Optional<String> argument(JsonNode row, Operation.Parameter parameter) {
        JsonNode named = row.path("arguments").path(parameter.name());
        return named.isTextual()
                ? Optional.of(named.textValue())
                : Optional.of(parameter.name()).filter(name -> parameter.in() != In.HEADER);
    }
}
