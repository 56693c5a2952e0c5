package io.x402compute.local.aws;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;

import io.x402compute.local.template.Table;

/** Creates the template's tables, with their indexes and time to live. */
public final class TableCreator {
    private TableCreator() {}

    public static void create(DynamoDbClient client, List<Table> tables) {
        tables.forEach(table -> create(client, table));
    }

    private static void create(DynamoDbClient client, Table table) {
        List<AttributeDefinition> attributes = table.attributeTypes().entrySet().stream()
                .map(type -> AttributeDefinition.builder()
                        .attributeName(type.getKey())
                        .attributeType(type.getValue())
                        .build())
                .toList();
        client.createTable(request -> {
            request.tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(attributes)
                    .keySchema(schema(table.key()));
            if (!table.indexes().isEmpty()) {
                request.globalSecondaryIndexes(table.indexes().stream().map(TableCreator::index).toList());
            }
        });
        table.timeToLive().ifPresent(attribute -> client.updateTimeToLive(request -> request.tableName(table.name())
                .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))));
    }

    private static GlobalSecondaryIndex index(Table.Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        if (!index.included().isEmpty()) {
            projection.nonKeyAttributes(index.included());
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(schema(index.key()))
                .projection(projection.build())
                .build();
    }

    private static List<KeySchemaElement> schema(Table.Key key) {
        List<KeySchemaElement> schema = new ArrayList<>();
        schema.add(KeySchemaElement.builder().attributeName(key.partition()).keyType(KeyType.HASH).build());
        key.sort().ifPresent(
                sort -> schema.add(KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build()));
        return schema;
    }
}
