package io.x402compute.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as this product reads and writes it: duplicate keys and trailing text are errors, decimals are exact. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Parses text from outside.
     *
     * @throws IOException when it is not exactly one JSON value
     */
    public static JsonNode read(byte[] text) throws IOException {
        try {
            return MAPPER.readTree(text);
        } catch (NumberFormatException e) {
            throw outOfRange(e);
        }
    }

    /**
     * Parses text from outside.
     *
     * @throws IOException when it is not exactly one JSON value
     */
    public static JsonNode read(String text) throws IOException {
        try {
            return MAPPER.readTree(text);
        } catch (NumberFormatException e) {
            throw outOfRange(e);
        }
    }

    /** Parses text that we wrote ourselves. */
    public static JsonNode readOwn(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A plain value, list, map or record as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The same object with its fields sorted by name at every depth. */
    public static ObjectNode sorted(ObjectNode object) {
        ObjectNode sorted = object();
        object.propertyStream().sorted(Map.Entry.comparingByKey())
                .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
        return sorted;
    }

    private static JsonNode sorted(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> sorted(object);
            case ArrayNode array -> {
                ArrayNode elements = MAPPER.createArrayNode();
                array.forEach(element -> elements.add(sorted(element)));
                yield elements;
            }
            default -> value;
        };
    }

    public static String write(JsonNode value) {
        return value.toString();
    }

    /** Jackson's parser lets it escape as it is for an exponent that no {@code int} holds. */
    private static IOException outOfRange(NumberFormatException e) {
        return new IOException("a number is out of range", e);
    }
}
