package io.x402compute.vultr;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

/** Fields of the provider's answers: what is missing or of another type than documented is "not told", never an error. */
final class Fields {
    private Fields() {}

    /** Text, empty when not told; numbers are text too, since the provider is of two minds about some fields. */
    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() || value.isNumber() ? value.asText() : "";
    }

    static Optional<String> told(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(text -> !text.isBlank());
    }

    /** Texts that are not empty: the provider has been seen to list an empty location. */
    static List<String> texts(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : json.path(field)) {
            if (value.isTextual() && !value.asText().isEmpty()) {
                texts.add(value.asText());
            }
        }
        return List.copyOf(texts);
    }

    static Optional<BigDecimal> decimal(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
    }

    static long number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.canConvertToLong() ? value.longValue() : 0;
    }

    static int integer(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.canConvertToInt() ? value.intValue() : 0;
    }

    static OptionalInt positive(JsonNode json, String field) {
        int value = integer(json, field);
        return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }

    static boolean trueUnlessFalse(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return !value.isBoolean() || value.booleanValue();
    }

    /** RFC 3339 with whatever offset. */
    static Optional<Instant> instant(JsonNode json, String field) {
        try {
            return told(json, field).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Map<String, VultrCost> locationCosts(JsonNode plan) {
        Map<String, VultrCost> costs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : plan.path("location_cost").properties()) {
            if (!entry.getKey().isEmpty() && entry.getValue().path("monthly_cost").isNumber()) {
                costs.put(entry.getKey(), VultrCost.of(entry.getValue()));
            }
        }
        return Map.copyOf(costs);
    }
}
