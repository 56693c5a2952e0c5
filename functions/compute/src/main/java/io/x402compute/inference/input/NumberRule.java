package io.x402compute.inference.input;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/**
 * A number. However it was spelt, it is kept in one way, since {@code 0.70} is no other request than {@code 0.7}.
 *
 * @param values the only ones; empty for any
 */
record NumberRule(
        boolean whole, Optional<BigDecimal> minimum, Optional<BigDecimal> maximum, OptionalLong multipleOf,
        Set<Long> values) implements Rule {
    /** More than any model tells apart. */
    private static final int MOST_DIGITS = 20;

    @Override
    public boolean isAbout(JsonNode value) {
        return value.isNumber();
    }

    @Override
    public JsonNode complete(String field, JsonNode value, OutsideUrls urls) {
        if (!value.isNumber()) {
            throw wrongType(field);
        }
        BigDecimal number = value.decimalValue();
        if (minimum.filter(least -> number.compareTo(least) < 0).isPresent()
                || maximum.filter(most -> number.compareTo(most) > 0).isPresent()) {
            throw ApiException.invalidField(field,
                    "must be between " + minimum.orElseThrow() + " and " + maximum.orElseThrow());
        }
        BigDecimal plain = number.stripTrailingZeros();
        if (whole && plain.scale() > 0) {
            throw wrongType(field);
        }
        if (plain.scale() > MOST_DIGITS) {
            throw ApiException.invalidField(field, "may have " + MOST_DIGITS + " decimals");
        }
        if (multipleOf.isPresent() && number.longValueExact() % multipleOf.getAsLong() != 0) {
            throw ApiException.invalidField(field, "must be a multiple of " + multipleOf.getAsLong());
        }
        if (!values.isEmpty() && values.stream().noneMatch(one -> number.compareTo(BigDecimal.valueOf(one)) == 0)) {
            throw ApiException.invalidField(field, "must be one of " + String.join(", ",
                    values.stream().sorted().map(String::valueOf).toList()));
        }
        return plain.scale() > 0 ? DecimalNode.valueOf(plain) : integer(plain.longValueExact());
    }

    private ApiException wrongType(String field) {
        return ApiException.invalidField(field, whole ? "must be an integer" : "must be a number");
    }

    /** As Jackson reads it: a request that was stored and read again is the same. */
    private static JsonNode integer(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }
}
