package io.x402compute.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.local.template.LambdaFunction;

/**
 * Adds up what each function uses of DynamoDB, by DynamoDB Local's own account of it. Not in that account are refused
 * conditional writes and cancelled transactions, which DynamoDB charges for too, and all but one of several items that
 * one transaction puts into one table.
 */
public final class CapacityMeter {
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems");
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem",
            "TransactWriteItems");
    private static final double NOTHING_FOUND = 0.5;

    private final Map<String, String> handlerNames;
    private final Map<Use, Capacity> used = new TreeMap<>();

    /**
     * What capacity went into.
     *
     * @param function the simple name of its handler
     * @param operation for example {@code PutItem}
     * @param place the table, or {@code table/index}
     */
    public record Use(String function, String operation, String place) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            return toString().compareTo(other.toString());
        }
    }

    /** For those functions, with nothing used yet. */
    public CapacityMeter(List<LambdaFunction> functions) {
        this.handlerNames = functions.stream().collect(
                Collectors.toUnmodifiableMap(LambdaFunction::id, LambdaFunction::handlerName));
    }

    /** All that was used so far. */
    public synchronized Map<Use, Capacity> used() {
        return Map.copyOf(used);
    }

    /** The request, made to ask for its account; unchanged where DynamoDB gives none. */
    static JsonNode asking(String operation, JsonNode request) {
        return READS.contains(operation) || WRITES.contains(operation)
                ? ((ObjectNode) request.deepCopy()).put("ReturnConsumedCapacity", "INDEXES")
                : request;
    }

    /** Takes the account out of an answer. A query that finds nothing costs half a unit too, whatever DynamoDB Local says. */
    void add(String functionId, String operation, JsonNode request, JsonNode answer) {
        JsonNode consumed = answer.path("ConsumedCapacity");
        if (consumed.isMissingNode()) {
            return;
        }
        if (consumed.isArray()) {
            consumed.forEach(table -> addTable(functionId, operation, table));
        } else if (operation.equals("Query") && consumed.path("CapacityUnits").asDouble() == 0) {
            String index = request.path("IndexName").asText();
            String table = request.path("TableName").asText();
            add(functionId, operation, index.isEmpty() ? table : table + "/" + index, NOTHING_FOUND);
        } else {
            addTable(functionId, operation, consumed);
        }
    }

    private void addTable(String functionId, String operation, JsonNode consumed) {
        String table = consumed.path("TableName").asText();
        add(functionId, operation, table, consumed.path("Table").path("CapacityUnits").asDouble());
        for (Map.Entry<String, JsonNode> index : consumed.path("GlobalSecondaryIndexes").properties()) {
            add(functionId, operation, table + "/" + index.getKey(),
                    index.getValue().path("CapacityUnits").asDouble());
        }
    }

    private synchronized void add(String functionId, String operation, String place, double units) {
        Capacity capacity = READS.contains(operation) ? new Capacity(units, 0) : new Capacity(0, units);
        if (units > 0) {
            used.merge(new Use(handlerNames.getOrDefault(functionId, functionId), operation, place), capacity,
                    Capacity::plus);
        }
    }
}
