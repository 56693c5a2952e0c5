package io.x402compute.inference.input;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/** What one value has to be. */
sealed interface Rule permits TextRule, NumberRule, FlagRule, ListRule, ObjectRule, ChoiceRule {

    /** Whether the value is of the sort that this is about, right or wrong. */
    boolean isAbout(JsonNode value);

    /**
     * The value with its defaults.
     *
     * @throws ApiException 400 naming the field
     */
    JsonNode complete(String field, JsonNode value, OutsideUrls urls);

    static Rule of(JsonNode schema) {
        if (!schema.has("type")) {
            known(schema, "oneOf", "description", "default");
            return new ChoiceRule(each(schema.get("oneOf")).stream().map(Rule::of).toList());
        }
        return switch (schema.get("type").textValue()) {
            case "string" -> text(schema);
            case "integer", "number" -> number(schema);
            case "boolean" -> {
                known(schema);
                yield new FlagRule();
            }
            case "array" -> list(schema);
            case "object" -> object(schema);
            default -> throw new IllegalArgumentException("no such type: " + schema.get("type"));
        };
    }

    private static Rule text(JsonNode schema) {
        known(schema, "minLength", "maxLength", "enum", "format");
        boolean url = schema.has("format");
        if (url && !schema.get("format").textValue().equals("uri")) {
            throw new IllegalArgumentException("no such format: " + schema.get("format"));
        }
        Set<String> values = schema.has("enum")
                ? each(schema.get("enum")).stream().map(JsonNode::textValue).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return new TextRule(schema.path("minLength").asInt(1), schema.path("maxLength").asInt(Integer.MAX_VALUE),
                values, url);
    }

    private static Rule number(JsonNode schema) {
        known(schema, "minimum", "maximum", "multipleOf", "enum");
        Set<Long> values = schema.has("enum")
                ? each(schema.get("enum")).stream().map(JsonNode::longValue).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return new NumberRule(schema.get("type").textValue().equals("integer"), bound(schema, "minimum"),
                bound(schema, "maximum"),
                schema.has("multipleOf") ? OptionalLong.of(schema.get("multipleOf").longValue()) : OptionalLong.empty(),
                values);
    }

    private static Optional<BigDecimal> bound(JsonNode schema, String word) {
        return Optional.ofNullable(schema.get(word)).map(JsonNode::decimalValue);
    }

    private static Rule list(JsonNode schema) {
        known(schema, "minItems", "maxItems", "items");
        return new ListRule(schema.get("minItems").intValue(), schema.get("maxItems").intValue(),
                of(schema.get("items")));
    }

    private static Rule object(JsonNode schema) {
        known(schema, "properties", "required", "additionalProperties", "oneOf");
        Map<String, ObjectRule.Field> fields = new LinkedHashMap<>();
        schema.path("properties").forEachEntry((name, field) -> fields.put(name,
                new ObjectRule.Field(of(field), Optional.ofNullable(field.get("default")))));
        List<String> required = each(schema.path("required")).stream().map(JsonNode::textValue).toList();
        List<String> either = each(schema.path("oneOf")).stream()
                .map(one -> one.get("required").get(0).textValue()).toList();
        return new ObjectRule(fields, required, either, schema.path("additionalProperties").asBoolean(true));
    }

    /** A word that is not read would be a rule that is not kept. */
    private static void known(JsonNode schema, String... words) {
        Set<String> read = Set.of(words);
        schema.fieldNames().forEachRemaining(word -> {
            if (!read.contains(word) && !Set.of("type", "description", "default").contains(word)) {
                throw new IllegalArgumentException("no such word: " + word);
            }
        });
    }

    private static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
