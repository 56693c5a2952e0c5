package io.x402compute.store;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The tables and indexes that the functions are deployed with. */
final class Tables {
    private Tables() {}

    static List<CreateTableRequest> all() {
        return List.of(
                table("instances", attributes("id", "owner", "due"),
                        attributes(ScalarAttributeType.N, "created_at", "due_at"),
                        "id").globalSecondaryIndexes(owners(),
                                index("due", ProjectionType.KEYS_ONLY, "due", "due_at"))
                        .build(),
                table("payments", attributes("key", "stuck", "owner", "order_id"),
                        attributes(ScalarAttributeType.N, "stuck_at"), "key")
                        .globalSecondaryIndexes(index("stuck", ProjectionType.KEYS_ONLY, "stuck", "stuck_at"),
                                index("owner", ProjectionType.KEYS_ONLY, "owner", "order_id"))
                        .build(),
                table("credits", attributes("wallet", "entry", "owner"),
                        attributes(ScalarAttributeType.N, "created_at"), "wallet", "entry")
                        .globalSecondaryIndexes(index("owner", ProjectionType.ALL, "owner", "created_at")).build(),
                table("api-keys", attributes("hash", "owner"), attributes(ScalarAttributeType.N, "created_at"), "hash")
                        .globalSecondaryIndexes(index("owner", ProjectionType.ALL, "owner", "created_at")).build(),
                table("nonces", attributes("nonce"), List.of(), "nonce").build(),
                table("catalog", attributes("kind", "id"), List.of(), "kind", "id").build(),
                table("jobs", attributes("id", "due"), attributes(ScalarAttributeType.N, "due_at"), "id")
                        .globalSecondaryIndexes(index("due", ProjectionType.KEYS_ONLY, "due", "due_at")).build());
    }

    private static CreateTableRequest.Builder table(String name, List<AttributeDefinition> texts,
            List<AttributeDefinition> numbers, String... key) {
        List<AttributeDefinition> attributes = new ArrayList<>(texts);
        attributes.addAll(numbers);
        return CreateTableRequest.builder().tableName(name).billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes).keySchema(schema(key));
    }

    private static GlobalSecondaryIndex index(String name, ProjectionType projection, String... key) {
        return GlobalSecondaryIndex.builder().indexName(name).projection(shown -> shown.projectionType(projection))
                .keySchema(schema(key)).build();
    }

    /** Of an instance it shows its key, of an event in the history of one all. */
    private static GlobalSecondaryIndex owners() {
        return index("owner", ProjectionType.INCLUDE, "owner", "created_at").toBuilder()
                .projection(shown -> shown.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("event")).build();
    }

    private static List<AttributeDefinition> attributes(String... names) {
        return attributes(ScalarAttributeType.S, names);
    }

    private static List<AttributeDefinition> attributes(ScalarAttributeType type, String... names) {
        return List.of(names).stream()
                .map(name -> AttributeDefinition.builder().attributeName(name).attributeType(type).build())
                .toList();
    }

    private static List<KeySchemaElement> schema(String... key) {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String name : key) {
            schema.add(KeySchemaElement.builder().attributeName(name)
                    .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE).build());
        }
        return schema;
    }
}
