package io.x402compute.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One DynamoDB table. Thread-safe; every method is one call, but a query that has several pages. */
public final class Table {
    private static final int TRIES = 5;
    /** As many items as one call gives. */
    private static final int BATCH = 100;

    private final DynamoDbClient dynamo;
    private final String name;

    public Table(DynamoDbClient dynamo, String name) {
        this.dynamo = dynamo;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The item as the last write left it. Costs twice what {@link #getEventually} costs. */
    public Optional<Item> get(Item key) {
        return get(key, true);
    }

    /** The item, perhaps as it was a moment ago. */
    public Optional<Item> getEventually(Item key) {
        return get(key, false);
    }

    /**
     * Those items that are there, in the order of their keys, each perhaps as it was a moment ago. Costs what getting each by
     * itself costs, in a hundredth of the calls.
     */
    public List<Item> getAllEventually(List<Item> keys) {
        Map<Map<String, AttributeValue>, Item> found = new HashMap<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            collect(keys.subList(from, Math.min(from + BATCH, keys.size())), found);
        }
        return keys.stream().map(key -> found.get(key.attributes())).filter(Objects::nonNull).toList();
    }

    /** DynamoDB may leave a part of a batch for another call. */
    private void collect(List<Item> keys, Map<Map<String, AttributeValue>, Item> found) {
        Set<String> names = keys.getFirst().attributes().keySet();
        List<Map<String, AttributeValue>> missing = keys.stream().map(Item::attributes).toList();
        for (int attempt = 1; !missing.isEmpty(); attempt++) {
            if (attempt > TRIES) {
                throw new IllegalStateException("items are left out again and again");
            }
            List<Map<String, AttributeValue>> wanted = missing;
            BatchGetItemResponse batch = dynamo.batchGetItem(
                    request -> request.requestItems(Map.of(name, KeysAndAttributes.builder().keys(wanted).build())));
            batch.responses().getOrDefault(name, List.of()).forEach(item -> found.put(key(item, names), Item.of(item)));
            missing = Optional.ofNullable(batch.unprocessedKeys().get(name)).map(KeysAndAttributes::keys)
                    .orElse(List.of());
        }
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item, Set<String> names) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(names);
        return key;
    }

    /** Writes an item over whatever is there. */
    public void put(Item item) {
        dynamo.putItem(PutItemRequest.builder().tableName(name).item(item.attributes()).build());
    }

    /** Writes an item over what is there if that meets the condition. */
    public Conditional put(Item item, Condition condition) {
        Placeholders placeholders = new Placeholders();
        String expression = condition.render(placeholders);
        try {
            dynamo.putItem(PutItemRequest.builder().tableName(name).item(item.attributes())
                    .conditionExpression(expression)
                    .expressionAttributeNames(placeholders.names()).expressionAttributeValues(placeholders.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD).build());
            return new Conditional.Written(item);
        } catch (ConditionalCheckFailedException e) {
            return conflict(e.item());
        }
    }

    /** Changes an item if it meets the update's condition; an update without one is always written. */
    public Conditional update(Update update) {
        String condition = update.conditionExpression().orElse(null);
        try {
            Map<String, AttributeValue> now = dynamo.updateItem(UpdateItemRequest.builder().tableName(name)
                    .key(update.key().attributes()).updateExpression(update.expression()).conditionExpression(condition)
                    .expressionAttributeNames(update.placeholders().names())
                    .expressionAttributeValues(update.placeholders().values()).returnValues(ReturnValue.ALL_NEW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD).build())
                    .attributes();
            return new Conditional.Written(Item.of(now));
        } catch (ConditionalCheckFailedException e) {
            return conflict(e.item());
        }
    }

    /**
     * Writes an item if it meets the condition, together with a change of another item: both or neither. Costs twice what the
     * two would cost apart.
     *
     * @param update without a condition of its own
     */
    public Conditional putTogether(Item item, Condition condition, Update update) {
        return switch (write(Transaction.create().put(item, condition).update(update))) {
            case Transaction.Outcome.Written() -> new Conditional.Written(item);
            case Transaction.Outcome.Refused(int step, Optional<Item> stored) -> new Conditional.Conflict(stored);
            case Transaction.Outcome.Crossed() -> throw new IllegalStateException("crossed by other writes");
        };
    }

    /** Writes everything of a transaction or nothing, and tries again a few times when another one is in its way. */
    public Transaction.Outcome write(Transaction transaction) {
        List<TransactWriteItem> steps = transaction.in(name);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                dynamo.transactWriteItems(all -> all.transactItems(steps));
                return new Transaction.Outcome.Written();
            } catch (TransactionCanceledException e) {
                Optional<Transaction.Outcome> refused = refused(e);
                if (refused.isPresent()) {
                    return refused.get();
                }
                if (!wasCrossed(e)) {
                    throw e;
                }
            }
        }
        return new Transaction.Outcome.Crossed();
    }

    private static Optional<Transaction.Outcome> refused(TransactionCanceledException e) {
        List<CancellationReason> reasons = e.cancellationReasons();
        for (int step = 0; step < reasons.size(); step++) {
            if (reasons.get(step).code().equals("ConditionalCheckFailed")) {
                Map<String, AttributeValue> stored = reasons.get(step).item();
                return Optional.of(new Transaction.Outcome.Refused(step,
                        stored.isEmpty() ? Optional.empty() : Optional.of(Item.of(stored))));
            }
        }
        return Optional.empty();
    }

    /** Two transactions met at one item, and this one was cancelled for the other: nothing is wrong with it. */
    private static boolean wasCrossed(TransactionCanceledException e) {
        return e.cancellationReasons().stream().anyMatch(reason -> reason.code().equals("TransactionConflict"));
    }

    public void delete(Item key) {
        dynamo.deleteItem(request -> request.tableName(name).key(key.attributes()));
    }

    /** Everything the query asks for, page after page. */
    public List<Item> query(Query query) {
        List<Item> items = new ArrayList<>();
        Map<String, AttributeValue> start = query.after().map(Item::attributes).orElse(Map.of());
        do {
            QueryResponse page = dynamo.query(request(query, start, query.limit() - items.size()));
            page.items().forEach(item -> items.add(Item.of(item)));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty() && items.size() < query.limit());
        return items;
    }

    private Optional<Item> get(Item key, boolean consistent) {
        Map<String, AttributeValue> found = dynamo
                .getItem(request -> request.tableName(name).key(key.attributes()).consistentRead(consistent)).item();
        return found.isEmpty() ? Optional.empty() : Optional.of(Item.of(found));
    }

    private QueryRequest request(Query query, Map<String, AttributeValue> start, int limit) {
        Placeholders placeholders = new Placeholders();
        String partition = placeholders.name(query.partitionName()) + " = "
                + placeholders.value(Values.of(query.partition()));
        String range = query.range().map(wanted -> " AND " + placeholders.name(wanted.name()) + wanted.sign()
                + placeholders.value(wanted.value())).orElse("");
        return QueryRequest.builder().tableName(name).indexName(query.index().orElse(null))
                .keyConditionExpression(partition + range).expressionAttributeNames(placeholders.names())
                .expressionAttributeValues(placeholders.values()).scanIndexForward(!query.descending())
                .limit(limit == Integer.MAX_VALUE ? null : limit).exclusiveStartKey(start.isEmpty() ? null : start)
                .build();
    }

    private static Conditional conflict(Map<String, AttributeValue> stored) {
        return new Conditional.Conflict(stored.isEmpty() ? Optional.empty() : Optional.of(Item.of(stored)));
    }
}
