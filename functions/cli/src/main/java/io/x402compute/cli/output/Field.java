package io.x402compute.cli.output;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.cli.api.Printable;

/** Fields of an answer, for people. One that is missing is a dash. */
final class Field {
    private static final String MISSING = "-";

    private Field() {}

    static String text(JsonNode json, String name) {
        return optional(json, name).orElse(MISSING);
    }

    static Optional<String> optional(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return Optional.of(Printable.of(value.asText())).filter(text -> value.isValueNode() && !value.isNull()
                && !text.isEmpty());
    }

    /** Dollars, whether the API writes them as a number or as text: two decimals, and more only where they say something. */
    static Optional<String> dollars(JsonNode json, String name) {
        return optional(json, name).map(Field::money);
    }

    private static String money(String text) {
        try {
            BigDecimal plain = new BigDecimal(text).stripTrailingZeros();
            return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
        } catch (ArithmeticException | NumberFormatException e) {
            return text;
        }
    }

    static String list(JsonNode json, String name) {
        return StreamSupport.stream(json.path(name).spliterator(), false).map(JsonNode::asText).map(Printable::of)
                .collect(Collectors.joining(" "));
    }

    /** A time to the second: nobody reads its fractions. */
    static String time(JsonNode json, String name) {
        return optional(json, name).map(text -> text.replaceFirst("\\.[0-9]+Z$", "Z")).orElse(MISSING);
    }
}
