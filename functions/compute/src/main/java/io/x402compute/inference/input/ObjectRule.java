package io.x402compute.inference.input;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.inference.outside.OutsideUrls;

/**
 * An object. A field that is not known is refused: to ignore it would be to sell something else than was asked for.
 *
 * @param fields in the order in which they are kept
 * @param either exactly one of these is required; empty for none
 * @param open whether other fields are taken, too, as they are, for whoever can read them
 */
record ObjectRule(Map<String, Field> fields, List<String> required, List<String> either, boolean open) implements Rule {

    /** @param absent what it is where it was not sent; empty for nothing */
    record Field(Rule rule, Optional<JsonNode> absent) {}

    @Override
    public boolean isAbout(JsonNode value) {
        return value.isObject();
    }

    @Override
    public JsonNode complete(String name, JsonNode value, OutsideUrls urls) {
        if (!(value instanceof ObjectNode sent)) {
            throw ApiException.invalidField(name, "must be an object");
        }
        requireAll(name, sent);
        requireOne(name, sent);
        ObjectNode complete = Json.object();
        fields.forEach((field, what) -> Optional.ofNullable(sent.get(field))
                .map(given -> what.rule().complete(name + "." + field, given, urls))
                .or(what::absent)
                .ifPresent(whole -> complete.set(field, whole)));
        Json.sorted(sent).forEachEntry((field, given) -> {
            if (!fields.containsKey(field)) {
                complete.set(field, further(name + "." + field, given));
            }
        });
        return complete;
    }

    private void requireAll(String name, ObjectNode sent) {
        required.stream().filter(field -> !sent.has(field)).findFirst().ifPresent(field -> {
            throw ApiException.badRequest("missing_field", name + "." + field + " is required");
        });
    }

    private void requireOne(String name, ObjectNode sent) {
        List<String> given = either.stream().filter(sent::has).toList();
        if (!either.isEmpty() && given.isEmpty()) {
            throw ApiException.badRequest("missing_field",
                    name + "." + String.join(" or " + name + ".", either) + " is required");
        }
        if (given.size() > 1) {
            throw ApiException.invalidField(name + "." + given.get(1), "cannot be sent beside " + given.get(0));
        }
    }

    private JsonNode further(String field, JsonNode value) {
        if (!open) {
            throw ApiException.invalidField(field, "is not a field of this service");
        }
        return value;
    }
}
