package io.x402compute.local.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads tables, declared in either of CloudFormation's two types: what they have in common is spelled the same. */
final class Tables {
    private Tables() {}

    static Table read(Resource table, Resources resources) {
        JsonNode properties = table.properties();
        if (properties.has("LocalSecondaryIndexes")) {
            throw new UnsupportedTemplateException("local secondary indexes");
        }
        Map<String, String> types = new HashMap<>();
        properties.path("AttributeDefinitions").forEach(attribute -> types.put(
                attribute.path("AttributeName").asText(),
                attribute.path("AttributeType").asText()));
        return new Table(
                resources.name(table),
                types,
                key(properties.path("KeySchema")),
                Resources.stream(properties.path("GlobalSecondaryIndexes")).map(Tables::index).toList(),
                timeToLive(properties.path("TimeToLiveSpecification")));
    }

    private static Table.Index index(JsonNode index) {
        JsonNode projection = index.path("Projection");
        List<String> included = Resources.stream(projection.path("NonKeyAttributes")).map(JsonNode::asText).toList();
        return new Table.Index(
                index.path("IndexName").asText(),
                key(index.path("KeySchema")),
                projection.path("ProjectionType").asText(),
                included);
    }

    private static Table.Key key(JsonNode schema) {
        return new Table.Key(keyAttribute(schema, "HASH").orElseThrow(), keyAttribute(schema, "RANGE"));
    }

    private static Optional<String> keyAttribute(JsonNode schema, String type) {
        return Resources.stream(schema)
                .filter(key -> key.path("KeyType").asText().equals(type))
                .map(key -> key.path("AttributeName").asText())
                .findFirst();
    }

    private static Optional<String> timeToLive(JsonNode specification) {
        return specification.path("Enabled").asBoolean()
                ? Optional.of(specification.path("AttributeName").asText())
                : Optional.empty();
    }
}
