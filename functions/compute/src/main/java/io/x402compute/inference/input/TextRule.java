package io.x402compute.inference.input;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/**
 * Text, in as many lines as you like.
 *
 * @param values the only ones; empty for any
 * @param isUrl whether it is an address, which somebody will ask
 */
record TextRule(int minLength, int maxLength, Set<String> values, boolean isUrl) implements Rule {

    @Override
    public boolean isAbout(JsonNode value) {
        return value.isTextual();
    }

    @Override
    public JsonNode complete(String field, JsonNode value, OutsideUrls urls) {
        if (!value.isTextual()) {
            throw ApiException.invalidField(field, "must be a string");
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < minLength || length > maxLength) {
            throw ApiException.invalidField(field, "must have " + minLength + " to " + maxLength + " characters");
        }
        if (text.codePoints().anyMatch(TextRule::isNoCharacter)) {
            throw ApiException.invalidField(field, "has a character that is not allowed");
        }
        if (!values.isEmpty() && !values.contains(text)) {
            throw ApiException.invalidField(field,
                    "must be one of " + String.join(", ", values.stream().sorted().toList()));
        }
        if (isUrl) {
            urls.require(field, text);
        }
        return value;
    }

    private static boolean isNoCharacter(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
        return control || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
