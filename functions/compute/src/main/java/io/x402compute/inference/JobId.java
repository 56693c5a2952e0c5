package io.x402compute.inference;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a run. It is drawn at random: who knows it may see the result. */
public record JobId(UUID value) {
    private static final Pattern CANONICAL = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** The id of that text; empty unless it is a UUID as we write it, so that one run has one name. */
    public static Optional<JobId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(of(text)) : Optional.empty();
    }

    public static JobId of(String text) {
        return new JobId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
