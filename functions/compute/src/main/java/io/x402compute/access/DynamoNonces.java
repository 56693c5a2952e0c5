package io.x402compute.access;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.less;

import java.time.Instant;

import io.x402compute.store.Conditional;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Wallet;

/**
 * Nonces in DynamoDB. The table's time to live removes old ones, but days late at times, so their end is compared here too.
 */
public final class DynamoNonces implements Nonces {
    private final Table table;

    public DynamoNonces(Table table) {
        this.table = table;
    }

    @Override
    public boolean burn(Wallet wallet, String nonce, Instant now, Instant until) {
        // DynamoDB's time to live wants seconds.
        Item item = Item.create().put("nonce", wallet.address() + "#" + nonce).put("expires_at",
                until.getEpochSecond());
        return table.put(item,
                absent("nonce").or(less("expires_at", now.getEpochSecond()))) instanceof Conditional.Written;
    }
}
