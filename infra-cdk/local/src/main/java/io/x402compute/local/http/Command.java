package io.x402compute.local.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** The body of a command to something that runs here. Whoever mistypes a field is told so, and nothing happens. */
public final class Command {
    private final JsonNode body;

    /**
     * Takes a body with these fields, or fewer.
     *
     * @throws IllegalArgumentException for any other body, as all that reads a field of it
     */
    public Command(JsonNode body, String... fields) {
        this.body = body;
        Set<String> known = new TreeSet<>(List.of(fields));
        body.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new IllegalArgumentException("no field " + field + "; there are " + String.join(", ", known));
            }
        });
    }

    public String text(String field) {
        return find(field).filter(JsonNode::isTextual).map(JsonNode::textValue).orElseThrow(() -> wrong(field, "text"));
    }

    public String text(String field, String untold) {
        return body.has(field) ? text(field) : untold;
    }

    public Optional<String> optionalText(String field) {
        return body.has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : body.path(field)) {
            if (!entry.isTextual()) {
                throw wrong(field, "a list of texts");
            }
            texts.add(entry.textValue());
        }
        if (body.has(field) && !body.path(field).isArray()) {
            throw wrong(field, "a list of texts");
        }
        return texts;
    }

    public boolean flag(String field) {
        return find(field).filter(JsonNode::isBoolean).map(JsonNode::booleanValue)
                .orElseThrow(() -> wrong(field, "true or false"));
    }

    public int number(String field, int least, int most) {
        return find(field).filter(value -> value.isIntegralNumber() && value.canConvertToInt())
                .map(JsonNode::intValue).filter(value -> value >= least && value <= most)
                .orElseThrow(() -> wrong(field, "a whole number from " + least + " to " + most));
    }

    public int number(String field, int least, int most, int untold) {
        return body.has(field) ? number(field, least, most) : untold;
    }

    public Duration seconds(String field, Duration untold) {
        return Duration.ofSeconds(number(field, 0, Integer.MAX_VALUE, Math.toIntExact(untold.toSeconds())));
    }

    public BigDecimal dollars(String field) {
        return find(field).filter(JsonNode::isNumber).map(JsonNode::decimalValue)
                .orElseThrow(() -> wrong(field, "a number of US dollars"));
    }

    public ZoneOffset offset(String field) {
        try {
            return ZoneOffset.of(text(field));
        } catch (DateTimeException e) {
            throw wrong(field, "an offset such as -05:00");
        }
    }

    /** A constant, written in lower case. */
    public <E extends Enum<E>> E oneOf(String field, E[] constants) {
        String word = text(field);
        return Stream.of(constants).filter(constant -> word(constant).equals(word)).findFirst()
                .orElseThrow(() -> wrong(field, "one of " + words(constants)));
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public static String words(Enum<?>[] constants) {
        return Stream.of(constants).map(Command::word).collect(Collectors.joining(", "));
    }

    private Optional<JsonNode> find(String field) {
        return Optional.ofNullable(body.get(field));
    }

    private static IllegalArgumentException wrong(String field, String expected) {
        return new IllegalArgumentException(field + " must be " + expected);
    }
}
