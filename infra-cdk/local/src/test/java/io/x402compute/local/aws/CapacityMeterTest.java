package io.x402compute.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import io.x402compute.local.Fixture;
import io.x402compute.local.aws.CapacityMeter.Use;
import io.x402compute.local.outside.OutsideCalls;
import io.x402compute.local.sample.Clients;

/** Holds DynamoDB Local to what DynamoDB's documentation says of capacity units, and the meter to DynamoDB Local. */
@TestInstance(Lifecycle.PER_CLASS)
class CapacityMeterTest {
    private static final String TABLE = "NotesTable";

    private final Callers callers = new Callers();
    private final DynamoDbLocal dynamoDb = DynamoDbLocal.start();
    private final CapacityMeter meter = new CapacityMeter(Fixture.template(Map.of("PublicUrl", "")).functions());
    private final AwsEndpoint aws = new AwsEndpoint(callers, (function, action, resource) -> java.util.Optional.empty(),
            dynamoDb, new EventBuses(Set.of("notes"), Clock.systemUTC()), new Secrets(), meter, new OutsideCalls());
    private final DynamoDbClient tables = Clients.local(DynamoDbClient.builder(), Map.of(
            "AWS_ENDPOINT_URL", aws.uri().toString(), "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", callers.accessKeyId("KeepNote"), "AWS_SECRET_ACCESS_KEY", "local"));

    @BeforeAll
    void createTables() {
        try (DynamoDbClient client = dynamoDb.client()) {
            TableCreator.create(client, Fixture.template(Map.of("PublicUrl", "")).tables());
        }
    }

    @AfterAll
    void stop() {
        tables.close();
        aws.close();
        dynamoDb.close();
    }

    @Test
    void show() {
        System.out.println("1KB " + usedBy(() -> put(Map.of("id", text("a"), "body", text("x".repeat(900))))));
        System.out.println("1.1KB " + usedBy(() -> put(Map.of("id", text("b"), "body", text("x".repeat(1100))))));
        System.out.println("2.1KB over 1.1 " + usedBy(() -> put(Map.of("id", text("b"), "body", text("x".repeat(2100))))));
        System.out.println("0.1KB over 2.1 " + usedBy(() -> put(Map.of("id", text("b"), "body", text("x".repeat(100))))));
        System.out.println("idx new " + usedBy(() -> put(indexed("c", 1, "x"))));
        System.out.println("idx same " + usedBy(() -> put(indexed("c", 1, "x"))));
        System.out.println("idx other attr " + usedBy(() -> put(indexed("c", 1, "yy"))));
        System.out.println("idx moved " + usedBy(() -> put(indexed("c", 2, "yy"))));
        System.out.println("idx left " + usedBy(() -> put(Map.of("id", text("c")))));
        System.out.println("tx " + usedBy(() -> tables.transactWriteItems(write -> write.transactItems(
            TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(indexed("d", 1, "x"))).build(),
            TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(indexed("e", 1, "x"))).build()))));
        System.out.println("get consistent absent " + usedBy(() -> tables.getItem(get -> get.tableName(TABLE).key(Map.of("id", text("zz"))).consistentRead(true))));
        System.out.println("get eventual " + usedBy(() -> tables.getItem(get -> get.tableName(TABLE).key(Map.of("id", text("a"))))));
        put(Map.of("id", text("big"), "body", text("x".repeat(5000))));
        System.out.println("get consistent 5KB " + usedBy(() -> tables.getItem(get -> get.tableName(TABLE).key(Map.of("id", text("big"))).consistentRead(true))));
        System.out.println("query idx " + usedBy(() -> tables.query(query -> query.tableName(TABLE).indexName("author")
            .keyConditionExpression("author = :a").expressionAttributeValues(Map.of(":a", text("ann"))))));
        System.out.println("refused " + usedBy(() -> { try { tables.putItem(put -> put.tableName(TABLE).item(Map.of("id", text("a"))).conditionExpression("attribute_not_exists(id)")); } catch (RuntimeException e) { System.out.println(e); } }));
        assertThat(List.of()).isEmpty();
    }

    private Map<String, AttributeValue> indexed(String id, int at, String body) {
        return Map.of("id", text(id), "author", text("ann"), "written_at", AttributeValue.fromN("" + at), "body", text(body));
    }

    private Map<Use, Capacity> usedBy(Runnable work) {
        Map<Use, Capacity> before = meter.used();
        work.run();
        Map<Use, Capacity> used = new HashMap<>(meter.used());
        used.replaceAll((use, capacity) -> capacity.minus(before.getOrDefault(use, Capacity.NONE)));
        used.values().removeIf(Capacity.NONE::equals);
        return used;
    }

    private void put(Map<String, AttributeValue> item) {
        tables.putItem(put -> put.tableName(TABLE).item(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
