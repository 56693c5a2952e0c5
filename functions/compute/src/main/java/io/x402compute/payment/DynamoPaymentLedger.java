package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.idempotency.KeyTable;
import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.Transaction;
import io.x402compute.store.Transaction.Outcome;
import io.x402compute.store.VersionedTable;
import io.x402compute.x402.protocol.PaymentKey;

/** The ledger in DynamoDB: table {@code payments}, one item per claimed payment. */
public final class DynamoPaymentLedger implements PaymentLedger {
    /** The table's partition key. */
    static final String KEY = "key";
    /** Its sparse index of unfinished claims. */
    private static final String STUCK = "stuck";

    private final VersionedTable claims;
    private final Optional<KeyTable> keys;

    /** A ledger for whoever goes on with orders and sells nothing. */
    public DynamoPaymentLedger(Table payments) {
        this(payments, Optional.empty());
    }

    /** A ledger for whoever sells: clients may buy under keys. */
    public DynamoPaymentLedger(Table payments, KeyTable keys) {
        this(payments, Optional.of(keys));
    }

    private DynamoPaymentLedger(Table payments, Optional<KeyTable> keys) {
        this.claims = new VersionedTable(payments, KEY, STUCK);
        this.keys = keys;
    }

    @Override
    public Optional<Claim> find(PaymentKey key) {
        return claims.find(key.value()).map(ClaimItems::read);
    }

    @Override
    public ClaimResult claim(Claim fresh) {
        return claims.insert(item(fresh))
                .<ClaimResult>map(item -> new ClaimResult.AlreadyClaimed(ClaimItems.read(item)))
                .orElseGet(() -> new ClaimResult.Claimed(fresh));
    }

    @Override
    public KeyUse use(RequestKey key, Instant now) {
        return keys.orElseThrow().find(key, now);
    }

    @Override
    public ClaimResult claim(Claim fresh, RequestKey key, Optional<Claim> instead) {
        Transaction transaction = claims.insert(Transaction.create(), item(fresh));
        keys.orElseThrow().bind(transaction, key, fresh.order().fingerprint(), fresh.key().value(),
                instead.map(refused -> refused.key().value()), fresh.claimedAt());
        instead.ifPresent(refused -> claims.save(transaction, item(refused.replaced())));
        return switch (keys.orElseThrow().write(transaction)) {
            case Outcome.Written() -> new ClaimResult.Claimed(fresh);
            case Outcome.Refused(int step, Optional<Item> stored) when step == 0 -> new ClaimResult.AlreadyClaimed(
                    ClaimItems.read(stored.orElseThrow()));
            case Outcome.Refused(int step, Optional<Item> stored) -> new ClaimResult.KeyTaken();
            case Outcome.Crossed() -> new ClaimResult.KeyTaken();
        };
    }

    @Override
    public boolean save(Claim next) {
        return claims.save(item(next));
    }

    @Override
    public List<PaymentKey> due(Instant now) {
        return claims.due(now).stream().map(PaymentKey::new).toList();
    }

    private Item item(Claim claim) {
        return claims.indexed(ClaimItems.write(claim), claim.attendAt());
    }
}
