package io.x402compute.simulation.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Wallet;

/** The ledger's table. */
public final class LedgerTable implements PaymentLedger {
    private final Rows<PaymentKey, Claim> rows;
    private final Map<RequestKey, PaymentKey> keys = new HashMap<>();
    private final Map<Wallet, PaymentKey> tabs = new HashMap<>();
    private final Witness witness;

    LedgerTable(Scheduler scheduler, Weather weather, Witness witness) {
        this.rows = new Rows<>(scheduler, weather);
        this.witness = witness;
    }

    @Override
    public Optional<Claim> find(PaymentKey key) {
        return rows.find(key);
    }

    @Override
    public ClaimResult claim(Claim fresh) {
        Optional<Claim> existing = rows.find(fresh.key());
        if (existing.isPresent()) {
            return new ClaimResult.AlreadyClaimed(existing.get());
        }
        rows.insert(fresh.key(), fresh, fresh.version(), fresh.attendAt());
        witness.written(Optional.empty(), fresh);
        return new ClaimResult.Claimed(fresh);
    }

    @Override
    public KeyUse use(RequestKey key, Instant now) {
        return Optional.ofNullable(keys.get(key)).<KeyUse>map(order -> new KeyUse.Ordered(order.value()))
                .orElseGet(KeyUse.Unused::new);
    }

    @Override
    public ClaimResult claim(Claim fresh, RequestKey key, Optional<Claim> instead) {
        Optional<Claim> existing = rows.find(fresh.key());
        if (existing.isPresent()) {
            return new ClaimResult.AlreadyClaimed(existing.get());
        }
        boolean asThought = Optional.ofNullable(keys.get(key)).equals(instead.map(Claim::key));
        if (!asThought || !instead.map(refused -> save(refused.replaced())).orElse(true)) {
            return new ClaimResult.KeyTaken();
        }
        keys.put(key, fresh.key());
        return claim(fresh);
    }

    @Override
    public Optional<PaymentKey> onTab(Wallet payer) {
        return Optional.ofNullable(tabs.get(payer));
    }

    @Override
    public ClaimResult claimOnTab(Claim fresh, Optional<RequestKey> key, Optional<Claim> instead,
            Optional<PaymentKey> before) {
        if (rows.find(fresh.key()).isEmpty() && !onTab(fresh.payer()).equals(before)) {
            return new ClaimResult.TabTaken();
        }
        ClaimResult result = key.map(given -> claim(fresh, given, instead)).orElseGet(() -> claim(fresh));
        if (result instanceof ClaimResult.Claimed) {
            tabs.put(fresh.payer(), fresh.key());
        }
        return result;
    }

    @Override
    public boolean save(Claim next) {
        Optional<Claim> before = rows.find(next.key());
        boolean saved = rows.save(next.key(), next, next.version(), next.attendAt());
        if (saved) {
            witness.written(before, next);
        }
        return saved;
    }

    @Override
    public List<PaymentKey> due(Instant now) {
        return rows.due(now);
    }

    public List<Claim> all() {
        return rows.all();
    }

    public boolean isAnythingDue() {
        return rows.isAnythingDue();
    }
}
