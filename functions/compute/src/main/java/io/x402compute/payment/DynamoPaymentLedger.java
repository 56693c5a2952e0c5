package io.x402compute.payment;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.equal;

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
import io.x402compute.x402.protocol.Wallet;

/** The ledger in DynamoDB: table {@code payments}, one item per claimed payment. */
public final class DynamoPaymentLedger implements PaymentLedger {
    /** The table's partition key. */
    static final String KEY = "key";
    /** Its sparse index of unfinished claims. */
    private static final String STUCK = "stuck";
    private static final String ON_TAB = "on_tab";

    private final Table payments;
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
        this.payments = payments;
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
        return written(bound(inserted(fresh), fresh, key, instead), fresh, new ClaimResult.KeyTaken());
    }

    @Override
    public Optional<PaymentKey> onTab(Wallet payer) {
        return payments.get(tab(payer)).map(row -> new PaymentKey(row.text(ON_TAB)));
    }

    @Override
    public ClaimResult claimOnTab(Claim fresh, Optional<RequestKey> key, Optional<Claim> instead,
            Optional<PaymentKey> before) {
        Transaction transaction = inserted(fresh).put(payments, tab(fresh.payer()).put(ON_TAB, fresh.key().value()),
                before.map(seen -> equal(ON_TAB, seen.value())).orElseGet(() -> absent(ON_TAB)));
        key.ifPresent(given -> bound(transaction, fresh, given, instead));
        return written(transaction, fresh, new ClaimResult.TabTaken());
    }

    private Transaction inserted(Claim fresh) {
        return claims.insert(Transaction.create(), item(fresh));
    }

    private Transaction bound(Transaction transaction, Claim fresh, RequestKey key, Optional<Claim> instead) {
        keys.orElseThrow().bind(transaction, key, fresh.order().fingerprint(), fresh.key().value(),
                instead.map(refused -> refused.key().value()), fresh.claimedAt());
        instead.ifPresent(refused -> claims.save(transaction, item(refused.replaced())));
        return transaction;
    }

    /** @param crossed what it means that the write after the claim's own was refused */
    private ClaimResult written(Transaction transaction, Claim fresh, ClaimResult crossed) {
        return switch (payments.write(transaction)) {
            case Outcome.Written() -> new ClaimResult.Claimed(fresh);
            case Outcome.Refused(int step, Optional<Item> stored) when step == 0 -> new ClaimResult.AlreadyClaimed(
                    ClaimItems.read(stored.orElseThrow()));
            case Outcome.Refused(int step, Optional<Item> stored) when step == 1 -> crossed;
            case Outcome.Refused(int step, Optional<Item> stored) -> new ClaimResult.KeyTaken();
            case Outcome.Crossed() -> crossed;
        };
    }

    private static Item tab(Wallet payer) {
        return Item.create().put(KEY, "tab/" + payer);
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
