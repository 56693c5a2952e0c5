package io.x402compute.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts that live as long as a test. */
final class InMemoryCallCounts implements CallCounts {
    private final Map<String, Long> counts = new HashMap<>();

    @Override
    public long count(String caller, String kind, Instant window, Instant until) {
        return counts.merge(caller + " " + kind + " " + window, 1L, Long::sum);
    }
}
