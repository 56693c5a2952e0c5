package io.x402compute.store;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.equal;
import static io.x402compute.store.Condition.greater;
import static io.x402compute.store.Condition.less;
import static io.x402compute.store.Condition.oneOf;
import static io.x402compute.store.Condition.present;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.store.Conditional.Conflict;
import io.x402compute.store.Conditional.Written;

class TableTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    @Test
    void itemComesBackAsItWasPut() {
        Item item = key().put("name", "x").put("count", 7).put("at", NOON).put("on", true)
                .put("bytes", new byte[]{1, 2})
                .put("tags", List.of("a", "b")).put("inner", Item.create().put("deep", 1))
                .putItems("rows", List.of(Item.create().put("n", 1), Item.create().put("n", 2)));
        instances().put(item);

        Item read = instances().get(key()).orElseThrow();
        assertThat(read).isEqualTo(item);
        assertThat(read.instant("at")).isEqualTo(NOON);
        assertThat(read.bytes("bytes")).containsExactly(1, 2);
        assertThat(read.texts("tags")).containsExactly("a", "b");
        assertThat(read.item("inner").integer("deep")).isEqualTo(1);
        assertThat(read.items("rows")).extracting(row -> row.number("n")).containsExactly(1L, 2L);
        assertThat(instances().getEventually(key())).contains(item);
        assertThat(instances().get(Item.create().put("id", "other"))).isEmpty();
    }

    @Test
    void secondPutOfANewItemConflictsAndShowsTheFirst() {
        assertThat(instances().put(key().put("who", "first"), absent("id"))).isInstanceOf(Written.class);

        assertThat(instances().put(key().put("who", "second"), absent("id")))
                .isEqualTo(new Conflict(instances().get(key())));
        assertThat(instances().get(key()).orElseThrow().text("who")).isEqualTo("first");
    }

    @Test
    void updateSetsAddsAppendsAndRemovesInOneWrite() {
        instances().put(key().put("status", "active").put("due", "due#1").put("version", 4));

        Conditional outcome = instances().update(Update.of(key()).set("status", "terminating").set("size", 2)
                .set("deleted_at", NOON).remove("due").add("version", 1)
                .append("events", List.of(Item.create().put("e", 1)))
                .when(equal("version", 4)).when(equal("status", "active").or(absent("status"))));

        assertThat(outcome).isInstanceOfSatisfying(Written.class, written -> {
            assertThat(written.item().text("status")).isEqualTo("terminating");
            assertThat(written.item().number("version")).isEqualTo(5);
            assertThat(written.item().has("due")).isFalse();
            assertThat(written.item().items("events")).hasSize(1);
        });
        assertThat(instances().get(key()).orElseThrow()).isEqualTo(((Written) outcome).item());
    }

    @Test
    void updateOfAnotherVersionChangesNothingAndShowsWhatIsThere() {
        instances().put(key().put("version", 5));

        assertThat(instances().update(Update.of(key()).set("status", "x").when(equal("version", 4))))
                .isEqualTo(new Conflict(instances().get(key())));
        assertThat(instances().get(key()).orElseThrow().has("status")).isFalse();
    }

    @Test
    void updateOfAMissingItemThatMustBeThereConflictsWithNothing() {
        assertThat(instances().update(Update.of(key()).set("status", "x").when(present("id")))).isEqualTo(
                new Conflict(Optional.empty()));
    }

    @Test
    void itemAndChangeAreWrittenTogetherOrNotAtAll() {
        Item entry = Item.create().put("wallet", "w").put("entry", "order#1").put("amount", 5);
        Item balance = Item.create().put("wallet", "w").put("entry", "balance");
        Table credits = dynamo.table("credits");

        assertThat(credits.putTogether(entry, absent("wallet"), Update.of(balance).add("amount", 5)))
                .isEqualTo(new Written(entry));
        assertThat(credits.putTogether(entry, absent("wallet"), Update.of(balance).add("amount", 5)))
                .isEqualTo(new Conflict(Optional.of(entry)));
        assertThat(credits.get(balance).orElseThrow().number("amount")).isEqualTo(5);
    }

    @Test
    void conditionsCompareAsWritten() {
        instances().put(key().put("n", 5).put("at", NOON).put("s", "b"));

        assertThat(holds(less("n", 5))).isFalse();
        assertThat(holds(less("n", 6))).isTrue();
        assertThat(holds(greater("at", NOON))).isFalse();
        assertThat(holds(greater("at", NOON.minusMillis(1)))).isTrue();
        assertThat(holds(less("at", NOON.plusMillis(1)))).isTrue();
        assertThat(holds(oneOf("s", "a", "b"))).isTrue();
        assertThat(holds(oneOf("s", "c"))).isFalse();
        assertThat(holds(equal("s", "b").and(less("n", 5).or(equal("at", NOON))))).isTrue();
    }

    @Test
    void queryReadsEveryPageInOrderUpToTheBoundAndTheLimit() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 25; i++) {
            instances()
                    .put(Item.create().put("id", "i" + i).put("owner", "me").put("created_at", i).put("large", large));
        }
        instances().put(Item.create().put("id", "theirs").put("owner", "other").put("created_at", 1));
        Query mine = Query.of("owner", "me").onIndex("owner");

        assertThat(created(mine)).hasSize(25).isSorted();
        assertThat(created(mine.newestFirst().limit(2))).containsExactly(24L, 23L);
        assertThat(created(mine.limit(15))).hasSize(15);
        assertThat(created(mine.upTo("created_at", Instant.ofEpochMilli(3)))).containsExactly(0L, 1L, 2L, 3L);
    }

    private List<Long> created(Query query) {
        return instances().query(query).stream().map(item -> item.number("created_at")).toList();
    }

    private boolean holds(Condition condition) {
        return instances().update(Update.of(key()).add("checks", 1).when(condition)) instanceof Written;
    }

    private Table instances() {
        return dynamo.table("instances");
    }

    private static Item key() {
        return Item.create().put("id", "i-1");
    }
}
