package io.x402compute.inference.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.inference.outside.OutsideUrls;

/** Several of the same, in the order they were sent. */
record ListRule(int minItems, int maxItems, Rule items) implements Rule {

    @Override
    public boolean isAbout(JsonNode value) {
        return value.isArray();
    }

    @Override
    public JsonNode complete(String field, JsonNode value, OutsideUrls urls) {
        if (!value.isArray()) {
            throw ApiException.invalidField(field, "must be an array");
        }
        if (value.size() < minItems || value.size() > maxItems) {
            throw ApiException.invalidField(field, "must have " + minItems + " to " + maxItems + " elements");
        }
        ArrayNode complete = Json.array();
        for (int index = 0; index < value.size(); index++) {
            complete.add(items.complete(field + "[" + index + "]", value.get(index), urls));
        }
        return complete;
    }
}
