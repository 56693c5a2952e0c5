package io.x402compute.instance;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id a customer knows a machine by. It is not the provider's id. */
public record InstanceId(UUID value) {
    private static final Pattern CANONICAL = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** The id of that text; empty unless it is a UUID as we write it, so that one machine has one name. */
    public static Optional<InstanceId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(of(text)) : Optional.empty();
    }

    public static InstanceId of(String text) {
        return new InstanceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
