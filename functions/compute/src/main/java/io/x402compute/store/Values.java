package io.x402compute.store;

import java.time.Instant;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How each Java type is stored. */
final class Values {
    private Values() {}

    static AttributeValue of(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue of(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue of(Instant value) {
        return of(value.toEpochMilli());
    }

    static AttributeValue of(boolean value) {
        return AttributeValue.fromBool(value);
    }

    static AttributeValue of(List<String> value) {
        return AttributeValue.fromL(value.stream().map(Values::of).toList());
    }

    static AttributeValue of(Item value) {
        return AttributeValue.fromM(value.attributes());
    }

    static AttributeValue ofItems(List<Item> value) {
        return AttributeValue.fromL(value.stream().map(Values::of).toList());
    }
}
