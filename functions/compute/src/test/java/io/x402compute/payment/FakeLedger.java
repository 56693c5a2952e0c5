package io.x402compute.payment;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentKey;

/** Claims in memory, under the same conditions as the table. */
public final class FakeLedger implements PaymentLedger {
    private final Map<PaymentKey, Claim> rows = new LinkedHashMap<>();
    private final Map<PaymentKey, Claim> before = new HashMap<>();

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
        before.put(next.key(), rows.put(next.key(), next));
        return true;
    }

    @Override
    public synchronized List<PaymentKey> due(Instant now) {
        return rows.values().stream()
                .filter(row -> row.attendAt().filter(at -> !at.isAfter(now)).isPresent())
                .map(Claim::key)
                .toList();
    }

    /** Goes back to the row before the last save of this claim, as if it had never come. */
    public synchronized void lose(Claim saved) {
        rows.put(saved.key(), before.get(saved.key()));
    }

    public synchronized List<Claim> all() {
        return List.copyOf(rows.values());
    }
}
