package io.x402compute.access;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that a key is listed and revoked by. It says nothing about the key. */
public record ApiKeyId(UUID value) {
    private static final Pattern CANONICAL = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** The id of that text; empty unless it is a UUID as we write it. */
    public static Optional<ApiKeyId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(of(text)) : Optional.empty();
    }

    static ApiKeyId of(String text) {
        return new ApiKeyId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
