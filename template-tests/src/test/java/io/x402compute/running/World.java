package io.x402compute.running;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.chain.Transfer;
import io.x402compute.local.provider.SimulatedMachine;

/**
 * All that matters about the world at one moment: two of them are equal when nothing happened in between.
 *
 * @param balances micro-USDC of the operator and the agents
 * @param transfers everything the operator was ever paid
 * @param transactions how many the operator has sent
 * @param machines ids of all that the provider ever made
 * @param orders how many times the provider was asked for anything but a look
 * @param rows of all tables but the used nonces and the catalogue
 */
record World(
        List<Long> balances,
        List<Transfer> transfers,
        long transactions,
        List<String> machines,
        long orders,
        Map<String, List<Map<String, AttributeValue>>> rows) {
    private static final int LAST_AGENT = 5;
    private static final List<String> LEDGERS = List.of("payments", "instances", "credits", "apikeys", "jobs");

    static World of(LocalCloud cloud) {
        String operator = cloud.evm().address(0);
        return new World(
                IntStream.rangeClosed(0, LAST_AGENT).mapToObj(cloud.evm()::address).map(cloud.evm()::balanceOf)
                        .toList(),
                cloud.evm().transfersTo(operator),
                cloud.evm().transactionCount(operator),
                cloud.provider().machines().stream().map(SimulatedMachine::id).toList(),
                cloud.provider().requests().stream().filter(request -> !request.method().equals("GET")).count(),
                rows(cloud.tables()));
    }

    /** The rows of one table alone, whose name contains that one. */
    static Stream<Map<String, AttributeValue>> rows(LocalCloud cloud, String ledger) {
        return ledgers(cloud.tables()).filter(name -> name.toLowerCase(Locale.ROOT).contains(ledger))
                .flatMap(name -> rows(cloud.tables(), name));
    }

    private static Map<String, List<Map<String, AttributeValue>>> rows(DynamoDbClient tables) {
        Map<String, List<Map<String, AttributeValue>>> rows = new TreeMap<>();
        ledgers(tables).forEach(name -> rows.put(name, rows(tables, name).toList()));
        if (rows.size() != LEDGERS.size()) {
            throw new IllegalStateException("tables: " + rows.keySet());
        }
        return rows;
    }

    private static Stream<Map<String, AttributeValue>> rows(DynamoDbClient tables, String name) {
        return tables.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items().stream();
    }

    private static Stream<String> ledgers(DynamoDbClient tables) {
        return tables.listTables().tableNames().stream().filter(
                name -> LEDGERS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains));
    }
}
