package io.x402compute.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item, or a map inside one, with typed access. Instants are epoch milliseconds; an absent value is an absent
 * attribute, never a null.
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
        return put(name, Values.of(value));
    }

    public Item put(String name, long value) {
        return put(name, Values.of(value));
    }

    public Item put(String name, Instant value) {
        return put(name, Values.of(value));
    }

    public Item put(String name, boolean value) {
        return put(name, Values.of(value));
    }

    public Item put(String name, byte[] value) {
        return put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
    }

    public Item put(String name, List<String> value) {
        return put(name, Values.of(value));
    }

    public Item put(String name, Item value) {
        return put(name, Values.of(value));
    }

    public Item putItems(String name, List<Item> value) {
        return put(name, Values.ofItems(value));
    }

    public Item put(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    private Item put(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public String text(String name) {
        return needed(name).s();
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public long number(String name) {
        return Long.parseLong(needed(name).n());
    }

    public long number(String name, long absent) {
        return has(name) ? number(name) : absent;
    }

    public int integer(String name) {
        return Integer.parseInt(needed(name).n());
    }

    public Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    public Optional<Instant> optionalInstant(String name) {
        return has(name) ? Optional.of(instant(name)) : Optional.empty();
    }

    /** False when absent. */
    public boolean flag(String name) {
        return has(name) && needed(name).bool();
    }

    public byte[] bytes(String name) {
        return needed(name).b().asByteArray();
    }

    /** Empty when absent. */
    public List<String> texts(String name) {
        return has(name) ? needed(name).l().stream().map(AttributeValue::s).toList() : List.of();
    }

    public Item item(String name) {
        return of(needed(name).m());
    }

    /** Empty when absent. */
    public List<Item> items(String name) {
        return has(name) ? needed(name).l().stream().map(value -> of(value.m())).toList() : List.of();
    }

    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    private AttributeValue needed(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("an item without " + name);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item item && attributes.equals(item.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "Item" + attributes.keySet();
    }
}
