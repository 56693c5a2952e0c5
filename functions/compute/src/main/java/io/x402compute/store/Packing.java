package io.x402compute.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Many attributes in one, as deflated JSON: DynamoDB charges by the kilobyte, and by none less. What the packed text repeats of a
 * dictionary, or of other attributes beside it, costs next to nothing.
 *
 * <p>Only for what is read whole. Binary values cannot be packed: written as hexadecimal text they repeat what other texts say.
 */
public final class Packing {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Four times what an item can hold: more comes of no item of ours. */
    private static final int MOST = 4 * 400 * 1024;

    private final String dictionary;

    /** @param dictionary what packed text is likely to repeat; it can never be changed for what is packed already */
    public Packing(String dictionary) {
        this.dictionary = dictionary;
    }

    /**
     * Packs an item's attributes.
     *
     * @param beside text that stands beside it, and will again when it is unpacked
     */
    public byte[] pack(Item item, String beside) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(words(beside));
            deflater.setInput(JSON.writeValueAsBytes(json(item.attributes())));
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] part = new byte[1024];
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
            return packed.toByteArray();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } finally {
            deflater.end();
        }
    }

    /** The item that was packed beside that text. */
    public Item unpack(byte[] packed, String beside) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(words(beside));
            inflater.setInput(packed);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] part = new byte[1024];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                text.write(part, 0, length);
                if ((length == 0 && !inflater.finished()) || text.size() > MOST) {
                    throw new IllegalStateException("an item that was packed otherwise");
                }
            }
            return Item.of(attributes(JSON.readTree(text.toByteArray())));
        } catch (DataFormatException | IOException e) {
            throw new IllegalStateException("an item that was packed otherwise", e);
        } finally {
            inflater.end();
        }
    }

    private byte[] words(String beside) {
        return (dictionary + beside).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(Map<String, AttributeValue> attributes) {
        ObjectNode json = JSON.createObjectNode();
        attributes.forEach((name, value) -> json.set(name, json(value)));
        return json;
    }

    private static JsonNode json(AttributeValue value) {
        return switch (value.type()) {
            case S -> JSON.getNodeFactory().textNode(value.s());
            case N -> JSON.getNodeFactory().numberNode(Long.parseLong(value.n()));
            case BOOL -> JSON.getNodeFactory().booleanNode(value.bool());
            case M -> json(value.m());
            case L -> JSON.createArrayNode().addAll(value.l().stream().map(Packing::json).toList());
            case B, SS, NS, BS, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("cannot be packed: " + value.type());
        };
    }

    private static Map<String, AttributeValue> attributes(JsonNode json) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        json.properties().forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
        return attributes;
    }

    private static AttributeValue value(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> Values.of(json.textValue());
            case NUMBER -> Values.of(json.longValue());
            case BOOLEAN -> Values.of(json.booleanValue());
            case OBJECT -> AttributeValue.fromM(attributes(json));
            case ARRAY -> AttributeValue.fromL(json.valueStream().map(Packing::value).toList());
            case BINARY, MISSING, NULL, POJO ->
                throw new IllegalStateException("an item that was packed otherwise");
        };
    }
}
