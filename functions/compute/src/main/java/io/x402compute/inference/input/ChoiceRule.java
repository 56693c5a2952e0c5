package io.x402compute.inference.input;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.ApiException;
import io.x402compute.inference.outside.OutsideUrls;

/** One of several sorts of value, of which no two are of the same JSON type. */
record ChoiceRule(List<Rule> rules) implements Rule {

    @Override
    public boolean isAbout(JsonNode value) {
        return rules.stream().anyMatch(rule -> rule.isAbout(value));
    }

    @Override
    public JsonNode complete(String field, JsonNode value, OutsideUrls urls) {
        return rules.stream().filter(rule -> rule.isAbout(value)).findFirst()
                .orElseThrow(() -> ApiException.invalidField(field, "is of a type that is not taken"))
                .complete(field, value, urls);
    }
}
