package io.x402compute.access;

import java.time.Instant;

import io.x402compute.store.Conditional;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.Update;

/** Counts in DynamoDB: beside the nonces, under names that no nonce has, and forgotten the same way. One write each. */
public final class DynamoCallCounts implements CallCounts {
    private static final String CALLS = "calls";

    private final Table table;

    /** @param table that of the nonces */
    public DynamoCallCounts(Table table) {
        this.table = table;
    }

    @Override
    public long count(String caller, String kind, Instant window, Instant until) {
        String name = String.join("#", "rate", caller, kind,
                Long.toString(window.getEpochSecond()));
        Update update = Update.of(Item.create().put("nonce", name)).add(CALLS, 1)
                .set("expires_at", until.getEpochSecond());
        return switch (table.update(update)) {
            // Nothing at all is what a rehearsal is answered.
            case Conditional.Written(Item item) -> item.number(CALLS, 0);
            case Conditional.Conflict conflict -> throw new IllegalStateException("refused without a condition");
        };
    }
}
