package io.x402compute.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of single attributes of one item, with the condition under which it may happen:
 *
 * <pre>{@code
 * Update.of(Item.create().put("id", id))
 *         .set("status", "terminating")
 *         .remove("due")
 *         .add("version", 1)
 *         .when(equal("version", seen))
 * }</pre>
 *
 * <p>Not thread-safe. Without a condition that asks for an attribute, an item that does not exist is created.
 */
public final class Update {
    private final Item key;
    private final Placeholders placeholders = new Placeholders();
    private final List<String> sets = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();
    private final List<String> additions = new ArrayList<>();
    private Optional<Condition> condition = Optional.empty();

    private Update(Item key) {
        this.key = key;
    }

    public static Update of(Item key) {
        return new Update(key);
    }

    public Update set(String name, String value) {
        return set(name, Values.of(value));
    }

    public Update set(String name, long value) {
        return set(name, Values.of(value));
    }

    public Update set(String name, Instant value) {
        return set(name, Values.of(value));
    }

    public Update set(String name, boolean value) {
        return set(name, Values.of(value));
    }

    public Update set(String name, List<String> value) {
        return set(name, Values.of(value));
    }

    /** Puts those at the end of a list, which is made if there is none. */
    public Update append(String name, List<Item> values) {
        String attribute = placeholders.name(name);
        sets.add(attribute + " = list_append(if_not_exists(" + attribute + ", "
                + placeholders.value(Values.ofItems(List.of())) + "), " + placeholders.value(Values.ofItems(values))
                + ")");
        return this;
    }

    /** Adds to a number, which is 0 if there is none. */
    public Update add(String name, long value) {
        additions.add(placeholders.name(name) + " " + placeholders.value(Values.of(value)));
        return this;
    }

    public Update remove(String... names) {
        for (String name : names) {
            removals.add(placeholders.name(name));
        }
        return this;
    }

    /** What must be true, beside what was asked for before. */
    public Update when(Condition condition) {
        this.condition = Optional.of(this.condition.map(before -> before.and(condition)).orElse(condition));
        return this;
    }

    Item key() {
        return key;
    }

    String expression() {
        List<String> clauses = new ArrayList<>();
        clause(clauses, "SET", sets);
        clause(clauses, "REMOVE", removals);
        clause(clauses, "ADD", additions);
        return String.join(" ", clauses);
    }

    Optional<String> conditionExpression() {
        return condition.map(present -> present.render(placeholders));
    }

    Placeholders placeholders() {
        return placeholders;
    }

    private Update set(String name, AttributeValue value) {
        sets.add(placeholders.name(name) + " = " + placeholders.value(value));
        return this;
    }

    private static void clause(List<String> clauses, String word, List<String> parts) {
        if (!parts.isEmpty()) {
            clauses.add(word + " " + String.join(", ", parts));
        }
    }
}
