package io.x402compute.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.VersionedTable;
import io.x402compute.x402.protocol.PaymentKey;

/** The ledger in DynamoDB: table {@code payments}, one item per claimed payment. */
public final class DynamoPaymentLedger implements PaymentLedger {
    /** The table's partition key. */
    public static final String KEY = "key";
    /** Its sparse index of unfinished claims. */
    public static final String INDEX = "stuck";

    private final VersionedTable table;

    public DynamoPaymentLedger(VersionedTable table) {
        this.table = table;
    }

    @Override
    public Optional<Claim> find(PaymentKey key) {
        return table.find(key.value()).map(ClaimItems::read);
    }

    @Override
    public ClaimResult claim(Claim fresh) {
        return table.insert(table.indexed(ClaimItems.write(fresh), fresh.attendAt()))
                .<ClaimResult>map(item -> new ClaimResult.AlreadyClaimed(ClaimItems.read(item)))
                .orElseGet(() -> new ClaimResult.Claimed(fresh));
    }

    @Override
    public boolean save(Claim next) {
        return table.save(table.indexed(ClaimItems.write(next), next.attendAt()));
    }

    @Override
    public List<PaymentKey> due(Instant now) {
        return table.due(now).stream().map(PaymentKey::new).toList();
    }
}
