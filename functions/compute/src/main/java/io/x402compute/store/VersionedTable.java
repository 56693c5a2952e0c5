package io.x402compute.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A table whose items are state machines: each is written whole, by whoever has seen its latest version, and can be found
 * through a sparse index when its time to be looked at has come. A lost race is an answer, not an exception.
 *
 * <p>The index is sharded so that no single partition takes every write; a query per shard finds what is due, however long
 * it has been due, at the cost of what is due and not of what exists.
 */
public final class VersionedTable {
    private static final String VERSION = "version";
    private static final int SHARDS = 4;

    private final Supplier<DynamoDbClient> dynamo;
    private final String table;
    private final String key;
    private final String index;

    /**
     * @param key the partition key's attribute
     * @param index the sparse index, which is also the name of its partition attribute; its sort attribute is
     *     {@code <index>_at}
     */
    public VersionedTable(Supplier<DynamoDbClient> dynamo, String table, String key, String index) {
        this.dynamo = dynamo;
        this.table = table;
        this.key = key;
        this.index = index;
    }

    /** The item as last written, strongly consistent. */
    public Optional<Item> find(String id) {
        Map<String, AttributeValue> item = dynamo.get()
                .getItem(get -> get.tableName(table).key(Map.of(key, Item.textValue(id))).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Item.of(item));
    }

    /**
     * Adds an item.
     *
     * @return the item that was there already; empty when this one was written
     */
    public Optional<Item> insert(Item item) {
        try {
            dynamo.get().putItem(put(item)
                    .conditionExpression("attribute_not_exists(#key)")
                    .expressionAttributeNames(Map.of("#key", key))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return Optional.empty();
        } catch (ConditionalCheckFailedException there) {
            return Optional.of(Item.of(there.item()));
        }
    }

    /**
     * Writes the next version of an item.
     *
     * @param item carries the version it is to have
     * @return false when the version before it is not the latest any more
     */
    public boolean save(Item item) {
        try {
            dynamo.get().putItem(put(item)
                    .conditionExpression("#version = :seen")
                    .expressionAttributeNames(Map.of("#version", VERSION))
                    .expressionAttributeValues(Map.of(":seen", Item.numberValue(item.number(VERSION) - 1)))
                    .build());
            return true;
        } catch (ConditionalCheckFailedException overtaken) {
            return false;
        }
    }

    /** Enters an item into the index, or leaves it out when nothing is left to do. */
    public Item indexed(Item item, Optional<Instant> at) {
        at.ifPresent(instant -> item.put(index, shard(Math.floorMod(item.text(key).hashCode(), SHARDS)))
                .put(index + "_at", instant));
        return item;
    }

    /** Keys of every item whose time has come, oldest first within each shard. */
    public List<String> due(Instant now) {
        List<String> keys = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            QueryRequest query = QueryRequest.builder()
                    .tableName(table)
                    .indexName(index)
                    .keyConditionExpression("#index = :shard AND #at <= :now")
                    .expressionAttributeNames(Map.of("#index", index, "#at", index + "_at"))
                    .expressionAttributeValues(Map.of(
                            ":shard", Item.textValue(shard(shard)),
                            ":now", Item.numberValue(now.toEpochMilli())))
                    .build();
            dynamo.get().queryPaginator(query).items().forEach(item -> keys.add(item.get(key).s()));
        }
        return keys;
    }

    private PutItemRequest.Builder put(Item item) {
        return PutItemRequest.builder().tableName(table).item(item.attributes());
    }

    private String shard(int number) {
        return index + "#" + number;
    }
}
