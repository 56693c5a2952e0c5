package io.x402compute.access;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.x402compute.x402.protocol.Wallet;

/** Nonces that are remembered as long as asked and no longer. */
public final class InMemoryNonces implements Nonces {
    private final Map<String, Instant> burnt = new ConcurrentHashMap<>();

    @Override
    public boolean burn(Wallet wallet, String nonce, Instant now, Instant until) {
        String key = wallet.address() + "#" + nonce;
        burnt.computeIfPresent(key, (absent, end) -> end.isBefore(now) ? null : end);
        return burnt.putIfAbsent(key, until) == null;
    }

    public int size() {
        return burnt.size();
    }
}
