package io.x402compute.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item with typed access. Instants are epoch milliseconds; an absent value is an absent attribute, never a null.
 *
 * <p>Not thread-safe: built, written, forgotten.
 */
public final class Item {
    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    public static Item create() {
        return new Item(new LinkedHashMap<>());
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(new LinkedHashMap<>(attributes));
    }

    public Item put(String name, String value) {
        attributes.put(name, textValue(value));
        return this;
    }

    public Item put(String name, long value) {
        attributes.put(name, numberValue(value));
        return this;
    }

    public Item put(String name, Instant value) {
        return put(name, value.toEpochMilli());
    }

    public Item put(String name, boolean value) {
        attributes.put(name, AttributeValue.fromBool(value));
        return this;
    }

    public Item put(String name, byte[] value) {
        attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
        return this;
    }

    public Item put(String name, List<String> value) {
        attributes.put(name, AttributeValue.fromL(value.stream().map(Item::textValue).toList()));
        return this;
    }

    public Item put(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    public Item put(String name, Map<String, String> value) {
        Map<String, AttributeValue> texts = new LinkedHashMap<>();
        value.forEach((key, text) -> texts.put(key, textValue(text)));
        attributes.put(name, AttributeValue.fromM(texts));
        return this;
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public String text(String name) {
        return attributes.get(name).s();
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public long number(String name) {
        return Long.parseLong(attributes.get(name).n());
    }

    public long number(String name, long absent) {
        return has(name) ? number(name) : absent;
    }

    public Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    public Optional<Instant> optionalInstant(String name) {
        return has(name) ? Optional.of(instant(name)) : Optional.empty();
    }

    public boolean flag(String name) {
        return has(name) && attributes.get(name).bool();
    }

    public byte[] bytes(String name) {
        return attributes.get(name).b().asByteArray();
    }

    public List<String> texts(String name) {
        return has(name) ? attributes.get(name).l().stream().map(AttributeValue::s).toList() : List.of();
    }

    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        attributes.get(name).m().forEach((key, value) -> texts.put(key, value.s()));
        return texts;
    }

    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    public static AttributeValue textValue(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue numberValue(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
