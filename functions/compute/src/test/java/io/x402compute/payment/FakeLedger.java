package io.x402compute.payment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentKey;

/** Claims in memory, under the same conditions as the table. */
public final class FakeLedger implements PaymentLedger {
    private final Map<PaymentKey, Claim> rows = new LinkedHashMap<>();

    @Override
    public synchronized Optional<Claim> find(PaymentKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public synchronized ClaimResult claim(Claim fresh) {
        Claim existing = rows.putIfAbsent(fresh.key(), fresh);
        return existing == null ? new ClaimResult.Claimed(fresh) : new ClaimResult.AlreadyClaimed(existing);
    }

    @Override
    public synchronized boolean save(Claim next) {
        if (rows.get(next.key()).version() != next.version() - 1) {
            return false;
        }
        rows.put(next.key(), next);
        return true;
    }

    @Override
    public synchronized List<PaymentKey> due(Instant now) {
        return rows.values().stream()
                .filter(row -> row.attendAt().filter(at -> !at.isAfter(now)).isPresent())
                .map(Claim::key)
                .toList();
    }

    public synchronized List<Claim> all() {
        return List.copyOf(rows.values());
    }
}
