package io.x402compute.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.x402compute.x402.protocol.Wallet;

/** Counts that live as long as a test. */
final class InMemoryCallCounts implements CallCounts {
    private final Map<String, Long> counts = new HashMap<>();

    @Override
    public long count(Wallet wallet, CallKind kind, Instant window, Instant until) {
        return counts.merge(wallet + " " + kind + " " + window, 1L, Long::sum);
    }
}
