package io.x402compute.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must be true of the stored item for a write to happen. An attribute of an item that does not exist is absent. */
public final class Condition {
    private final Part part;

    /** Writes itself with its names and values replaced. */
    private interface Part {
        String render(Placeholders placeholders);
    }

    private Condition(Part part) {
        this.part = part;
    }

    public static Condition absent(String name) {
        return new Condition(placeholders -> "attribute_not_exists(" + placeholders.name(name) + ")");
    }

    public static Condition present(String name) {
        return new Condition(placeholders -> "attribute_exists(" + placeholders.name(name) + ")");
    }

    public static Condition equal(String name, String value) {
        return compare(name, "=", Values.of(value));
    }

    public static Condition equal(String name, long value) {
        return compare(name, "=", Values.of(value));
    }

    public static Condition equal(String name, Instant value) {
        return compare(name, "=", Values.of(value));
    }

    public static Condition less(String name, long value) {
        return compare(name, "<", Values.of(value));
    }

    public static Condition less(String name, Instant value) {
        return compare(name, "<", Values.of(value));
    }

    public static Condition greater(String name, long value) {
        return compare(name, ">", Values.of(value));
    }

    public static Condition greater(String name, Instant value) {
        return compare(name, ">", Values.of(value));
    }

    /** Equal to one of the values. */
    public static Condition oneOf(String name, String... values) {
        return new Condition(placeholders -> placeholders.name(name) + " IN ("
                + Arrays.stream(values).map(value -> placeholders.value(Values.of(value)))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    public Condition and(Condition other) {
        return joined("AND", other);
    }

    public Condition or(Condition other) {
        return joined("OR", other);
    }

    String render(Placeholders placeholders) {
        return part.render(placeholders);
    }

    private Condition joined(String word, Condition other) {
        return new Condition(
                placeholders -> "(" + render(placeholders) + " " + word + " " + other.render(placeholders) + ")");
    }

    private static Condition compare(String name, String sign, AttributeValue value) {
        return new Condition(placeholders -> placeholders.name(name) + " " + sign + " " + placeholders.value(value));
    }
}
