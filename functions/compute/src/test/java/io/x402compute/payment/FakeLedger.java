package io.x402compute.payment;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Wallet;

/** Claims in memory, under the same conditions as the table. */
public final class FakeLedger implements PaymentLedger {
    private final Map<PaymentKey, Claim> rows = new LinkedHashMap<>();
    private final Map<RequestKey, PaymentKey> orders = new HashMap<>();
    private final Map<Wallet, PaymentKey> tabs = new HashMap<>();
    private Runnable beforeTab = () -> {};
    private final Set<RequestKey> otherwise = new HashSet<>();
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
    public synchronized KeyUse use(RequestKey key, Instant now) {
        if (otherwise.contains(key)) {
            return new KeyUse.Otherwise();
        }
        return Optional.ofNullable(orders.get(key)).<KeyUse>map(order -> new KeyUse.Ordered(order.value()))
                .orElseGet(KeyUse.Unused::new);
    }

    @Override
    public synchronized ClaimResult claim(Claim fresh, RequestKey key, Optional<Claim> instead) {
        if (rows.containsKey(fresh.key())) {
            return new ClaimResult.AlreadyClaimed(rows.get(fresh.key()));
        }
        boolean asThought = !otherwise.contains(key)
                && Optional.ofNullable(orders.get(key)).equals(instead.map(Claim::key));
        if (!asThought || !instead.map(refused -> save(refused.replaced())).orElse(true)) {
            return new ClaimResult.KeyTaken();
        }
        orders.put(key, fresh.key());
        return claim(fresh);
    }

    @Override
    public synchronized Optional<PaymentKey> onTab(Wallet payer) {
        return Optional.ofNullable(tabs.get(payer));
    }

    @Override
    public synchronized ClaimResult claimOnTab(Claim fresh, Optional<RequestKey> key, Optional<Claim> instead,
            Optional<PaymentKey> before) {
        Runnable event = beforeTab;
        beforeTab = () -> {};
        event.run();
        if (!rows.containsKey(fresh.key()) && !onTab(fresh.payer()).equals(before)) {
            return new ClaimResult.TabTaken();
        }
        ClaimResult result = key.map(given -> claim(fresh, given, instead)).orElseGet(() -> claim(fresh));
        if (result instanceof ClaimResult.Claimed) {
            tabs.put(fresh.payer(), fresh.key());
        }
        return result;
    }

    /** Happens between the next look at a tab and the write to it. */
    public synchronized void beforeNextTab(Runnable event) {
        beforeTab = event;
    }

    /** As if the key had been used for a write that is no purchase. */
    public synchronized void useOtherwise(RequestKey key) {
        otherwise.add(key);
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
