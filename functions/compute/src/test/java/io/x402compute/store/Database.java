package io.x402compute.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The product's tables, for one test after another. There is one for all of them: DynamoDB Local never gives a database up, and
 * each goes on looking for work of its own, several times a second.
 */
final class Database implements AutoCloseable {
    private static final long ACCOUNTS = 1_000_000_000_000L;
    private static final int LONGEST_BATCH = 25;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final DynamoDbClient client;

    Database(AwsServer server) {
        environment.put("AWS_ENDPOINT_URL", server.dynamo().toString());
        environment.put("AWS_REGION", "us-east-1");
        // LocalStack takes twelve digits for an account; one that runs longer than we do has seen other tests.
        environment.put("AWS_ACCESS_KEY_ID", "%012d".formatted(RandomGenerator.getDefault().nextLong(ACCOUNTS)));
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        client = Clients.of(DynamoDbClient.builder(), environment);
        Tables.all().forEach(client::createTable);
    }

    DynamoDbClient client() {
        return client;
    }

    /** What a function's environment says so that it uses this database. */
    Map<String, String> environment() {
        return environment;
    }

    Stream<Item> items(CreateTableRequest table) {
        return client.scanPaginator(scan -> scan.tableName(table.tableName()).consistentRead(true)).items().stream()
                .map(Item::of);
    }

    /** Takes out whatever the last test has left. */
    void empty() {
        Tables.all().forEach(table -> {
            List<WriteRequest> removals = items(table).map(item -> removal(table, item)).toList();
            for (int from = 0; from < removals.size(); from += LONGEST_BATCH) {
                List<WriteRequest> batch = removals.subList(from, Math.min(removals.size(), from + LONGEST_BATCH));
                client.batchWriteItem(write -> write.requestItems(Map.of(table.tableName(), batch)));
            }
        });
    }

    private static WriteRequest removal(CreateTableRequest table, Item item) {
        Map<String, AttributeValue> key = new LinkedHashMap<>(item.attributes());
        key.keySet().retainAll(table.keySchema().stream().map(KeySchemaElement::attributeName).toList());
        return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
    }

    @Override
    public void close() {
        client.close();
    }
}
