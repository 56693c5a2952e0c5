package io.x402compute.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

import io.x402compute.store.Item;
import io.x402compute.store.VersionedTable;
import io.x402compute.x402.protocol.Wallet;

/** Instances in DynamoDB: table {@code instances}, one item each, listed by owner through an index. */
public final class DynamoInstanceStore implements InstanceStore {
    private static final String KEY = "id";
    private static final String DUE = "due";
    private static final String BY_OWNER = "owner";

    private final VersionedTable table;
    private final Supplier<DynamoDbClient> dynamo;
    private final String name;

    public DynamoInstanceStore(Supplier<DynamoDbClient> dynamo, String name) {
        this.table = new VersionedTable(dynamo, name, KEY, DUE);
        this.dynamo = dynamo;
        this.name = name;
    }

    @Override
    public Optional<Instance> find(InstanceId id) {
        return table.find(id.toString()).map(InstanceItems::read);
    }

    @Override
    public boolean insert(Instance fresh) {
        return table.insert(item(fresh)).isEmpty();
    }

    @Override
    public boolean save(Instance next) {
        return table.save(item(next));
    }

    @Override
    public List<Instance> ownedBy(Wallet owner) {
        QueryRequest newestFirst = QueryRequest.builder()
                .tableName(name)
                .indexName(BY_OWNER)
                .keyConditionExpression("#owner = :owner")
                .expressionAttributeNames(Map.of("#owner", BY_OWNER))
                .expressionAttributeValues(Map.of(":owner", Item.textValue(owner.address())))
                .scanIndexForward(false)
                .build();
        return dynamo.get().queryPaginator(newestFirst).items().stream().map(Item::of).map(InstanceItems::read).toList();
    }

    @Override
    public List<InstanceId> due(Instant now) {
        return table.due(now).stream().map(InstanceId::of).toList();
    }

    private Item item(Instance instance) {
        return table.indexed(InstanceItems.write(instance), instance.dueAt());
    }
}
