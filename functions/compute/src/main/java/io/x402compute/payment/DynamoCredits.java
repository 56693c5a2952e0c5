package io.x402compute.payment;

import static io.x402compute.store.Condition.absent;

import java.time.Instant;

import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.Update;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits in DynamoDB: table {@code credits}, per wallet one item per entry and one with the balance. */
public final class DynamoCredits implements Credits {
    private static final String BALANCE = "balance";

    private final Table table;

    public DynamoCredits(Table table) {
        this.table = table;
    }

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        Item entry = Item.create()
                .put("wallet", wallet.address())
                .put("entry", "order#" + order)
                .put("amount", amount.micros())
                .put("reason", reason)
                .put("at", now);
        Item balance = Item.create().put("wallet", wallet.address()).put("entry", BALANCE);
        // A conflict is the same entry, given before.
        table.putTogether(entry, absent("wallet"), Update.of(balance).add("amount", amount.micros()));
    }
}
