package io.x402compute.inference.input;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/** Yes or no. */
record FlagRule() implements Rule {

    @Override
    public boolean isAbout(JsonNode value) {
        return value.isBoolean();
    }

    @Override
    public JsonNode complete(String field, JsonNode value, OutsideUrls urls) {
        if (!value.isBoolean()) {
            throw ApiException.invalidField(field, "must be true or false");
        }
        return value;
    }
}
