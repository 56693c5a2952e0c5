package io.x402compute.x402.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON objects as they travel: compact text, or that text in base64 where it sits in a header. Whatever comes from outside
 * has exactly one reading (no duplicate keys, nothing after the object, one base64 text per byte string), so that two
 * parties never see two payments in one header.
 */
public final class WireJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private WireJson() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object that this UTF-8 text is; empty when it is anything else. Never throws. */
    public static Optional<ObjectNode> parse(byte[] utf8) {
        try {
            String text = new String(utf8, StandardCharsets.UTF_8);
            // What is no UTF-8 was replaced, and would be read as something that nobody sent.
            return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)
                    && MAPPER.readTree(text) instanceof ObjectNode object && canBeWritten(object, text)
                            ? Optional.of(object)
                            : Optional.empty();
        } catch (JsonProcessingException | NumberFormatException e) {
            // The last is how Jackson's parser refuses an exponent that no int holds.
            return Optional.empty();
        }
    }

    /** Half a character can be escaped, and then read, but not written again: another would stand in its place. */
    private static boolean canBeWritten(ObjectNode object, String text) {
        return !text.contains("\\u") || StandardCharsets.UTF_8.newEncoder().canEncode(object.toString());
    }

    /** Compact JSON in UTF-8, then standard padded base64: the text of every x402 header. */
    public static String headerText(ObjectNode json) {
        return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The object in a header; empty when the text is not the one standard base64 text of a JSON object. Never throws. */
    public static Optional<ObjectNode> parseHeader(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The decoder forgives missing padding and stray last bits.
        return Base64.getEncoder().encodeToString(bytes).equals(text) ? parse(bytes) : Optional.empty();
    }

    /** That field's text; empty when it is missing or no string. */
    public static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value != null && value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** That field's object; empty when it is missing or no object. */
    public static Optional<ObjectNode> object(JsonNode json, String field) {
        return json.get(field) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }
}
