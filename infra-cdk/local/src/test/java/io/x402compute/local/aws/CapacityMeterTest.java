package io.x402compute.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String FUNCTION = "KeepNote";
    private static final String TABLE = "NotesTable";
    private static final Use PUT = new Use(FUNCTION, "PutItem", TABLE);
    private static final Use INDEXED = new Use(FUNCTION, "PutItem", TABLE + "/author");
    private static final Use GET = new Use(FUNCTION, "GetItem", TABLE);

    private final Callers callers = new Callers();
    private final DynamoDbLocal dynamoDb = DynamoDbLocal.start();
    private final CapacityMeter meter = new CapacityMeter(Fixture.template(Map.of("PublicUrl", "")).functions());
    private final AwsEndpoint aws = new AwsEndpoint(callers, (function, action, resource) -> Optional.empty(),
            dynamoDb, new EventBuses(Set.of("notes"), Clock.systemUTC()),
            new MessageQueues(List.of(), Clock.systemUTC()), new Secrets(), meter, new OutsideCalls());
    private final DynamoDbClient tables = Clients.local(DynamoDbClient.builder(), Map.of(
            "AWS_ENDPOINT_URL", aws.uri().toString(), "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", callers.accessKeyId(FUNCTION), "AWS_SECRET_ACCESS_KEY", Callers.SECRET_ACCESS_KEY));

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
    void aWriteCostsAUnitForEveryKilobyteOfTheBiggerOfWhatWasAndWhatIs() {
        assertThat(usedBy(() -> put(note("sizes", 900)))).isEqualTo(Map.of(PUT, writes(1)));
        assertThat(usedBy(() -> put(note("sizes", 1_100)))).isEqualTo(Map.of(PUT, writes(2)));
        assertThat(usedBy(() -> put(note("sizes", 2_100)))).isEqualTo(Map.of(PUT, writes(3)));
        assertThat(usedBy(() -> put(note("sizes", 100)))).isEqualTo(Map.of(PUT, writes(3)));
    }

    @Test
    void anIndexCostsOnlyWhenWhatItShowsChangesAndTwiceWhenAnEntryMoves() {
        assertThat(usedBy(() -> put(indexed("index", 1, "new"))))
                .isEqualTo(Map.of(PUT, writes(1), INDEXED, writes(1)));
        assertThat(usedBy(() -> put(indexed("index", 1, "other")))).isEqualTo(Map.of(PUT, writes(1)));
        assertThat(usedBy(() -> put(indexed("index", 2, "other"))))
                .isEqualTo(Map.of(PUT, writes(1), INDEXED, writes(2)));
        assertThat(usedBy(() -> put(note("index", 1)))).isEqualTo(Map.of(PUT, writes(1), INDEXED, writes(1)));
    }

    @Test
    void aWriteInATransactionCostsTwice() {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(write -> write.tableName(TABLE).item(note("transaction", 900))).build();

        assertThat(usedBy(() -> tables.transactWriteItems(write -> write.transactItems(put))))
                .isEqualTo(Map.of(new Use(FUNCTION, "TransactWriteItems", TABLE), writes(2)));
    }

    @Test
    void aConsistentReadCostsAUnitForEveryFourKilobytesAndAnEventualOneHalf() {
        put(note("read", 5_000));

        assertThat(usedBy(() -> get("read", true))).isEqualTo(Map.of(GET, reads(2)));
        assertThat(usedBy(() -> get("read", false))).isEqualTo(Map.of(GET, reads(1)));
        assertThat(usedBy(() -> get("missing", true))).isEqualTo(Map.of(GET, reads(1)));
        assertThat(usedBy(() -> get("missing", false))).isEqualTo(Map.of(GET, reads(0.5)));
    }

    /** DynamoDB Local says nothing. */
    @Test
    void aQueryThatFindsNothingCostsHalfAUnit() {
        assertThat(usedBy(() -> tables.query(query -> query.tableName(TABLE).indexName("author")
                .keyConditionExpression("author = :a").expressionAttributeValues(Map.of(":a", text("nobody"))))))
                .isEqualTo(Map.of(new Use(FUNCTION, "Query", TABLE + "/author"), reads(0.5)));
    }

    private static Map<String, AttributeValue> note(String id, int bytes) {
        return Map.of("id", text(id), "body", text("x".repeat(bytes)));
    }

    private static Map<String, AttributeValue> indexed(String id, int at, String body) {
        return Map.of("id", text(id), "author", text("ann"), "written_at", AttributeValue.fromN(Integer.toString(at)),
                "body", text(body));
    }

    private static Capacity writes(double units) {
        return new Capacity(0, units);
    }

    private static Capacity reads(double units) {
        return new Capacity(units, 0);
    }

    private void get(String id, boolean consistent) {
        tables.getItem(get -> get.tableName(TABLE).key(Map.of("id", text(id))).consistentRead(consistent));
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
