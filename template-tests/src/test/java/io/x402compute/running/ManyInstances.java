package io.x402compute.running;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Fills the table of instances with rows like that of one that was really bought, and with some whose time is over. */
final class ManyInstances {
    private static final int BATCH = 25;
    private static final int SHARDS = 4;
    private static final Duration FAR_AHEAD = Duration.ofDays(100);
    /** Those that a machine of the provider's has, and one that was never ordered has not. */
    private static final List<String> OF_A_MACHINE = List.of("provider_id", "create_sent_at", "machine_created_at",
            "ready", "ip_address", "ipv6_address", "server_status", "os_name", "vcpus", "ram_mb", "disk_gb");

    private final DynamoDbClient tables;
    private final RunningCloud running;
    private final String table;
    private final Map<String, AttributeValue> model;
    private final List<String> due = new ArrayList<>();
    private int written;

    private ManyInstances(RunningCloud running, String table, Map<String, AttributeValue> model) {
        this.running = running;
        this.tables = running.cloud().tables();
        this.table = table;
        this.model = model;
    }

    /** Buys the one that all are like. */
    static ManyInstances in(RunningCloud running, Agent payer) {
        String id = payer.machine();
        running.awaitBoot();
        running.advance(Duration.ofMinutes(1));
        String table = LedgerAgreement.instancesTable(running.cloud());
        return new ManyInstances(running, table, running.cloud().tables().getItem(get -> get.tableName(table)
                .key(Map.of("id", AttributeValue.fromS(id))).consistentRead(true)).item());
    }

    /** Adds instances that are not due until there are that many. */
    void growTo(int count) {
        Instant end = running.now().plus(FAR_AHEAD);
        int first = written;
        // The requests take longer than what they ask for.
        IntStream.range(0, (count - first + BATCH - 1) / BATCH).parallel().map(batch -> first + batch * BATCH)
                .forEach(start -> write(IntStream.range(start, Math.min(count, start + BATCH))
                        .mapToObj(number -> sleeping(number, end)).toList()));
        written = Math.max(written, count);
    }

    /** Adds instances that are over, and need nothing of the provider because nothing was ever ordered there. */
    void makeDue(int count) {
        due.clear();
        for (int start = 0; start < count; start += BATCH) {
            write(IntStream.range(start, Math.min(count, start + BATCH)).mapToObj(this::over).toList());
        }
    }

    /** How many of those that were made due last have not come to their end. */
    long unfinishedDue() {
        return due.stream().map(id -> tables.getItem(get -> get.tableName(table)
                .key(Map.of("id", AttributeValue.fromS(id))).consistentRead(true)).item())
                .filter(row -> !row.get("state").s().equals("FAILED")).count();
    }

    /** Nobody will read more of it than its keys. */
    private Map<String, AttributeValue> sleeping(int number, Instant end) {
        return Map.of("id", AttributeValue.fromS(UUID.randomUUID().toString()),
                "due", shard(number), "due_at", millis(end));
    }

    private Map<String, AttributeValue> over(int number) {
        Map<String, AttributeValue> row = new HashMap<>(model);
        OF_A_MACHINE.forEach(row::remove);
        String id = UUID.randomUUID().toString();
        due.add(id);
        Instant end = running.now().minus(Duration.ofMinutes(1));
        row.put("id", AttributeValue.fromS(id));
        row.put("state", AttributeValue.fromS("PROVISIONING"));
        row.put("lease_until", AttributeValue.fromN("0"));
        row.put("expires_at", millis(end));
        row.put("due", shard(number));
        row.put("due_at", millis(end));
        return row;
    }

    private void write(List<Map<String, AttributeValue>> rows) {
        List<WriteRequest> requests = rows.stream()
                .map(row -> WriteRequest.builder().putRequest(put -> put.item(row)).build()).toList();
        var answer = tables.batchWriteItem(batch -> batch.requestItems(Map.of(table, requests)));
        if (!answer.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("not all rows were written");
        }
    }

    private static AttributeValue shard(int number) {
        return AttributeValue.fromS("due#" + number % SHARDS);
    }

    private static AttributeValue millis(Instant at) {
        return AttributeValue.fromN(Long.toString(at.toEpochMilli()));
    }
}
