package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.VersionedTable;
import io.x402compute.x402.protocol.PaymentKey;

/** The ledger in DynamoDB: table {@code payments}, one item per claimed payment. */
public final class DynamoPaymentLedger implements PaymentLedger {
    /** The table's partition key. */
    static final String KEY = "key";
    /** Its sparse index of unfinished claims. */
    private static final String STUCK = "stuck";

    private final VersionedTable claims;

    public DynamoPaymentLedger(Table payments) {
        this.claims = new VersionedTable(payments, KEY, STUCK);
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
