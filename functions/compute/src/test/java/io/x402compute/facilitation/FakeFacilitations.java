package io.x402compute.facilitation;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.PaymentKey;

/** Behaves like the table, for as long as a test. */
final class FakeFacilitations implements Facilitations {
    private final Map<PaymentKey, Facilitation> rows = new LinkedHashMap<>();

    @Override
    public Optional<Facilitation> find(PaymentKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Optional<Facilitation> insert(Facilitation fresh) {
        return Optional.ofNullable(rows.putIfAbsent(fresh.key(), fresh));
    }

    @Override
    public boolean save(Facilitation next) {
        if (rows.get(next.key()).version() != next.version() - 1) {
            return false;
        }
        rows.put(next.key(), next);
        return true;
    }

    @Override
    public List<PaymentKey> due(Instant now) {
        return rows.values().stream().filter(row -> !row.isFinal() && !row.attendAt().isAfter(now))
                .sorted(Comparator.comparing(Facilitation::attendAt)).map(Facilitation::key).toList();
    }
}
