package io.x402compute.access;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.store.Companion;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Wallet;

/** Keys that everybody knows, for tests of other rooms. */
public final class MadeApiKeys {
    private final ApiKeys keys;
    private final ApiKeyHash hash;
    private final Instant now;

    public MadeApiKeys(Table table, String pepper, Instant now) {
        this.keys = new DynamoApiKeys(table);
        this.hash = new ApiKeyHash(() -> pepper);
        this.now = now;
    }

    public MadeApiKeys add(String id, Wallet owner, String secret) {
        ApiKeySecret key = ApiKeySecret.parse(secret).orElseThrow();
        keys.add(new ApiKey(ApiKeyId.of(id), owner, Optional.of("sample"), key.last4(), now, Optional.empty(),
                Optional.empty()), hash.of(key), Companion.nobody());
        return this;
    }

    public MadeApiKeys revoke(String id, Wallet owner) {
        keys.revoke(owner, ApiKeyId.of(id), now);
        return this;
    }
}
