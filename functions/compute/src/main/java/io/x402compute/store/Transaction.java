package io.x402compute.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes of several items, of one table where no other is named, of which all happen or none. Each costs twice what it would
 * cost alone.
 */
public final class Transaction {
    private final List<Step> steps = new ArrayList<>();

    /** A write whose table is still to be said. */
    private interface Step {
        TransactWriteItem in(String table);
    }

    /** What came of it. */
    public sealed interface Outcome {

        /** All was written. */
        record Written() implements Outcome {}

        /**
         * A condition did not hold and nothing was changed.
         *
         * @param step the first such write, counted from 0
         * @param stored the item it was about; empty when there is none
         */
        record Refused(int step, Optional<Item> stored) implements Outcome {}

        /** Others were writing the same items all the time; nothing was changed. */
        record Crossed() implements Outcome {}
    }

    private Transaction() {}

    public static Transaction create() {
        return new Transaction();
    }

    /** Writes an item over what is there if that meets the condition. */
    public Transaction put(Item item, Condition condition) {
        steps.add(table -> put(table, item, condition));
        return this;
    }

    /** As {@link #put(Item, Condition)}, in that table. */
    public Transaction put(Table other, Item item, Condition condition) {
        steps.add(table -> put(other.name(), item, condition));
        return this;
    }

    /** Changes an item if it meets the update's condition. */
    public Transaction update(Update update) {
        Change change = Change.of(update);
        steps.add(change::in);
        return this;
    }

    /** As {@link #update(Update)}, in that table. */
    public Transaction update(Table other, Update update) {
        Change change = Change.of(update);
        steps.add(table -> change.in(other.name()));
        return this;
    }

    List<TransactWriteItem> in(String table) {
        return steps.stream().map(step -> step.in(table)).toList();
    }

    private static TransactWriteItem put(String table, Item item, Condition condition) {
        Placeholders placeholders = new Placeholders();
        String expression = condition.render(placeholders);
        return TransactWriteItem.builder().put(put -> put.tableName(table).item(item.attributes())
                .conditionExpression(expression).expressionAttributeNames(placeholders.names())
                .expressionAttributeValues(placeholders.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)).build();
    }

    /** An update with its condition, which adds placeholders of its own: rendered once, before they are read. */
    private record Change(Update update, String condition, Map<String, String> names,
            Map<String, AttributeValue> values) {

        static Change of(Update update) {
            String condition = update.conditionExpression().orElse(null);
            return new Change(update, condition, update.placeholders().names(), update.placeholders().values());
        }

        TransactWriteItem in(String table) {
            return TransactWriteItem.builder().update(change -> change.tableName(table)
                    .key(update.key().attributes()).updateExpression(update.expression())
                    .conditionExpression(condition).expressionAttributeNames(names).expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)).build();
        }
    }
}
