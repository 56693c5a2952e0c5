package io.x402compute.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param attributeTypes {@code S}, {@code N} or {@code B} by the name of each key attribute
 * @param timeToLive the attribute that holds an item's expiry in epoch seconds
 */
public record Table(
        String name,
        Map<String, String> attributeTypes,
        Key key,
        List<Index> indexes,
        Optional<String> timeToLive) {

    public record Key(String partition, Optional<String> sort) {}

    /**
     * A global secondary index.
     *
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param included the attributes of {@code INCLUDE}
     */
    public record Index(String name, Key key, String projection, List<String> included) {}
}
