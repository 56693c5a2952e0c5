package io.x402compute.store;

import java.util.LinkedHashMap;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stand-ins for names and values in one expression, so that no name can collide with DynamoDB's hundreds of reserved words. */
final class Placeholders {
    private final Map<String, String> placeholderOf = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    String name(String attribute) {
        return placeholderOf.computeIfAbsent(attribute, absent -> {
            String placeholder = "#n" + names.size();
            names.put(placeholder, attribute);
            return placeholder;
        });
    }

    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    /** Null without any: DynamoDB refuses empty maps. */
    Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    /** Null without any: DynamoDB refuses empty maps. */
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }
}
