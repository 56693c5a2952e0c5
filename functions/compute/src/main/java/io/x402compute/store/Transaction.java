package io.x402compute.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Writes of several items of one table, of which all happen or none. Each costs twice what it would cost alone. */
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
        steps.add(table -> {
            Placeholders placeholders = new Placeholders();
            String expression = condition.render(placeholders);
            return TransactWriteItem.builder().put(put -> put.tableName(table).item(item.attributes())
                    .conditionExpression(expression).expressionAttributeNames(placeholders.names())
                    .expressionAttributeValues(placeholders.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)).build();
        });
        return this;
    }

    /** Changes an item if it meets the update's condition. */
    public Transaction update(Update update) {
        // The condition adds placeholders of its own: it is rendered once, before they are read.
        String condition = update.conditionExpression().orElse(null);
        Map<String, String> names = update.placeholders().names();
        Map<String, AttributeValue> values = update.placeholders().values();
        steps.add(table -> TransactWriteItem.builder().update(change -> change.tableName(table)
                .key(update.key().attributes()).updateExpression(update.expression()).conditionExpression(condition)
                .expressionAttributeNames(names).expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)).build());
        return this;
    }

    List<TransactWriteItem> in(String table) {
        return steps.stream().map(step -> step.in(table)).toList();
    }
}
