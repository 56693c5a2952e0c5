package io.x402compute.idempotency;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.equal;
import static io.x402compute.store.Condition.less;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.store.Companion;
import io.x402compute.store.Condition;
import io.x402compute.store.Conditional;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.Transaction;
import io.x402compute.store.Update;

/**
 * One item per wallet and key, whatever it was used for: an order, to which it stays bound for good, or another write, whose
 * answer is forgotten after a day. They lie beside the nonces, under names that no nonce has. The table's time to live removes
 * them days late at times, so their end is compared here too.
 */
public final class KeyTable {
    /** Longer than any function runs: after it whoever took a key is certainly not at it any more. */
    static final Duration LEASE = Duration.ofSeconds(90);
    static final Duration KEPT = Duration.ofHours(24);

    private static final String NAME = "nonce";
    private static final String FINGERPRINT = "fingerprint";
    private static final String ORDER = "order";
    private static final String HOLDER = "holder";
    private static final String LEASE_UNTIL = "lease_until";
    private static final String ANSWER = "answer";
    private static final String EXPIRES_AT = "expires_at";

    private final Table table;

    /** @param table that of the nonces */
    public KeyTable(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public KeyUse find(RequestKey key, Instant now) {
        return table.get(row(key)).filter(item -> counts(item, now))
                .map(item -> item.optionalText(ORDER).<KeyUse>map(KeyUse.Ordered::new)
                        .orElseGet(KeyUse.Otherwise::new))
                .orElseGet(KeyUse.Unused::new);
    }

    /**
     * Adds to a transaction that a key is bound to an order from now on.
     *
     * @param order what the ledger finds it by
     * @param instead the order that it must be bound to so far; empty where it must not have been used
     */
    public Transaction bind(Transaction transaction, RequestKey key, String fingerprint, String order,
            Optional<String> instead, Instant now) {
        return transaction.put(table, row(key).put(FINGERPRINT, fingerprint).put(ORDER, order),
                instead.map(bound -> equal(ORDER, bound)).orElseGet(() -> unused(now)));
    }

    /** Takes a key for a write, at once for everybody. */
    Taking take(RequestKey key, String fingerprint, Instant now) {
        // From a source made here: one that is older than the snapshot would give the same wherever it is restored.
        String holder = Long.toHexString(new SecureRandom().nextLong());
        Item row = row(key).put(FINGERPRINT, fingerprint).put(HOLDER, holder).put(LEASE_UNTIL, now.plus(LEASE))
                // DynamoDB's time to live wants seconds.
                .put(EXPIRES_AT, now.plus(KEPT).getEpochSecond());
        Condition abandoned = equal(FINGERPRINT, fingerprint).and(absent(ANSWER)).and(less(LEASE_UNTIL, now));
        return switch (table.put(row, unused(now).or(abandoned))) {
            case Conditional.Written(Item own) -> new Taking.Taken(key, holder);
            case Conditional.Conflict(Optional<Item> stored) -> taken(key, row, stored.orElseThrow());
        };
    }

    /** Keeps the answer to what a key was taken for; changes nothing once somebody else has taken it over. */
    void answer(Taking.Taken taken, String answer) {
        table.update(answering(taken, answer));
    }

    /** The same as a write that goes together with what the request does. */
    Companion answerTogether(Taking.Taken taken, String answer, Supplier<RuntimeException> overtaken) {
        return Companion.of(table, answering(taken, answer), overtaken);
    }

    /** Gives a key back as if it had never been used: nothing came of the request. */
    void giveBack(Taking.Taken taken) {
        table.update(Update.of(row(taken.key())).remove(FINGERPRINT, HOLDER, LEASE_UNTIL).when(held(taken)));
    }

    /** Ends the lease: something may have come of the request, so the key remains that of this request only. */
    void putDown(Taking.Taken taken) {
        table.update(Update.of(row(taken.key())).set(LEASE_UNTIL, Instant.EPOCH).when(held(taken)));
    }

    private static Taking taken(RequestKey key, Item wanted, Item stored) {
        if (!stored.text(FINGERPRINT).equals(wanted.text(FINGERPRINT))) {
            return new Taking.OtherRequest();
        }
        // The SDK repeats a write whose answer was lost.
        if (stored.equals(wanted)) {
            return new Taking.Taken(key, wanted.text(HOLDER));
        }
        return stored.optionalText(ANSWER).<Taking>map(Taking.Answered::new).orElseGet(Taking.InProgress::new);
    }

    private static Update answering(Taking.Taken taken, String answer) {
        return Update.of(row(taken.key())).set(ANSWER, answer).remove(HOLDER, LEASE_UNTIL).when(held(taken));
    }

    private static Condition held(Taking.Taken taken) {
        return equal(HOLDER, taken.holder());
    }

    private static Condition unused(Instant now) {
        return absent(FINGERPRINT).or(less(EXPIRES_AT, now.getEpochSecond()));
    }

    private static boolean counts(Item item, Instant now) {
        return item.has(FINGERPRINT) && item.number(EXPIRES_AT, Long.MAX_VALUE) >= now.getEpochSecond();
    }

    private static Item row(RequestKey key) {
        return Item.create().put(NAME, key.name());
    }
}
