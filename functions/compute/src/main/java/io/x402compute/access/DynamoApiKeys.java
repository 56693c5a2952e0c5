package io.x402compute.access;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.less;
import static io.x402compute.store.Condition.present;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Companion;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;
import io.x402compute.store.Transaction;
import io.x402compute.store.Transaction.Outcome;
import io.x402compute.store.Update;
import io.x402compute.x402.protocol.Wallet;

/**
 * Keys in DynamoDB: table {@code api-keys}. Beside the keys themselves it has, under names that no hash can have, an item per
 * id that leads to the hash, because an index may not know a key yet that is to be revoked, and an item per wallet that counts
 * its active keys. A key and its count change together.
 */
public final class DynamoApiKeys implements ApiKeys {
    private static final String HASH = "hash";
    private static final String OWNER = "owner";
    private static final String CREATED_AT = "created_at";
    private static final String ACTIVE = "active";
    private static final String LAST_USED_AT = "last_used_at";
    private static final String REVOKED_AT = "revoked_at";
    /** Comes after the three writes that make a key. */
    private static final int COMPANION = 3;

    private final Table table;

    public DynamoApiKeys(Table table) {
        this.table = table;
    }

    @Override
    public Addition add(ApiKey key, String hash, Companion companion) {
        Item named = Item.create().put(HASH, idName(key.id())).put("wallet", key.owner().address()).put("key", hash);
        Transaction transaction = Transaction.create()
                .put(item(key, hash), absent(HASH))
                .put(named, absent(HASH))
                .update(count(key.owner(), 1).when(absent(ACTIVE).or(less(ACTIVE, MOST_ACTIVE))));
        return switch (table.write(companion.join(transaction))) {
            case Outcome.Written() -> Addition.ADDED;
            case Outcome.Refused(int step, Optional<Item> stored) when step == COMPANION -> throw companion.refusal();
            // The other two have random names.
            case Outcome.Refused(int step, Optional<Item> stored) -> Addition.TOO_MANY;
            case Outcome.Crossed() -> Addition.BUSY;
        };
    }

    /** Strongly consistent: a revoked key is revoked at once. */
    @Override
    public Optional<ApiKey> find(String hash) {
        return table.get(name(hash)).map(DynamoApiKeys::key);
    }

    @Override
    public void used(String hash, Instant now, Instant since) {
        table.update(Update.of(name(hash)).set(LAST_USED_AT, now)
                .when(present(HASH).and(absent(LAST_USED_AT).or(less(LAST_USED_AT, since)))));
    }

    @Override
    public Page<ApiKey> ownedBy(Wallet owner, PageRequest<ApiKey> wanted) {
        return wanted.from((place, most) -> behind(place, most, owner),
                key -> new Place(key.createdAt(), key.id().value()));
    }

    private List<ApiKey> behind(Optional<Place> place, int most, Wallet owner) {
        Query newest = Query.of(OWNER, owner.address()).onIndex(OWNER).newestFirst().limit(most);
        Query rows = place.map(last -> start(last, owner)).map(newest::after).orElse(newest);
        return table.query(rows).stream().map(DynamoApiKeys::key).toList();
    }

    /** A place tells the key's id, and the index goes by its hash; for a place that was made up any name will do. */
    private Item start(Place place, Wallet owner) {
        String id = idName(new ApiKeyId(place.id()));
        String hash = table.getEventually(name(id)).map(named -> named.text("key")).orElse(id);
        return name(hash).put(OWNER, owner.address()).put(CREATED_AT, place.createdAt());
    }

    @Override
    public Revocation revoke(Wallet owner, ApiKeyId id, Instant now) {
        return table.get(name(idName(id)))
                .filter(named -> named.text("wallet").equals(owner.address()))
                .map(named -> revoke(owner, named.text("key"), now))
                .orElse(Revocation.UNKNOWN);
    }

    private Revocation revoke(Wallet owner, String hash, Instant now) {
        Transaction transaction = Transaction.create()
                .update(Update.of(name(hash)).set(REVOKED_AT, now).when(absent(REVOKED_AT)))
                .update(count(owner, -1));
        return switch (table.write(transaction)) {
            case Outcome.Written() -> Revocation.REVOKED;
            // Revoked before.
            case Outcome.Refused(int step, Optional<Item> stored) -> Revocation.REVOKED;
            case Outcome.Crossed() -> Revocation.BUSY;
        };
    }

    private static Update count(Wallet owner, int change) {
        return Update.of(name("wallet#" + owner.address())).add(ACTIVE, change);
    }

    private static Item name(String hash) {
        return Item.create().put(HASH, hash);
    }

    private static String idName(ApiKeyId id) {
        return "id#" + id;
    }

    private static Item item(ApiKey key, String hash) {
        return name(hash).put("id", key.id().toString()).put(OWNER, key.owner().address())
                .put("label", key.label()).put("last4", key.last4()).put(CREATED_AT, key.createdAt());
    }

    private static ApiKey key(Item item) {
        return new ApiKey(ApiKeyId.of(item.text("id")), new Wallet(item.text(OWNER)), item.optionalText("label"),
                item.text("last4"), item.instant(CREATED_AT), item.optionalInstant(LAST_USED_AT),
                item.optionalInstant(REVOKED_AT));
    }
}
