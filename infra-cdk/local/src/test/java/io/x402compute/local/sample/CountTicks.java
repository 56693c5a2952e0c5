package io.x402compute.local.sample;

import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts how often its rule fired. */
public final class CountTicks implements RequestHandler<Map<String, Object>, Void> {
    public static final Map<String, AttributeValue> COUNTER = Map.of("id", AttributeValue.fromS("ticks"));

    private final String table;
    private final DynamoDbClient tables;

    public CountTicks(Map<String, String> environment) {
        this.table = environment.get("NOTES_TABLE");
        this.tables = Clients.local(DynamoDbClient.builder(), environment);
    }

    @Override
    public Void handleRequest(Map<String, Object> event, Context context) {
        tables.updateItem(update -> update.tableName(table)
                .key(COUNTER)
                .updateExpression("ADD ticks :one SET last_event = :type")
                .expressionAttributeValues(Map.of(
                        ":one", AttributeValue.fromN("1"),
                        ":type", AttributeValue.fromS(String.valueOf(event.get("detail-type"))))));
        return null;
    }
}
