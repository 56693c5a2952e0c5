package io.x402compute.local.aws;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What IAM asks of a DynamoDB caller: the operation on its table, or on its index when it names one; for a transaction
 * the operation of every item; for a batch the operation on every table.
 */
final class DynamoDbPermissions {
    private static final String ARN_PREFIX = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    private DynamoDbPermissions() {}

    static List<Permission> of(String operation, JsonNode request) {
        return switch (operation) {
            case "TransactWriteItems", "TransactGetItems" -> transaction(request);
            case "BatchGetItem", "BatchWriteItem" -> batch(operation, request);
            default -> List.of(permission(operation, request));
        };
    }

    private static List<Permission> transaction(JsonNode request) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode item : request.path("TransactItems")) {
            item.properties()
                    .forEach(entry -> permissions.add(permission(itemAction(entry.getKey()), entry.getValue())));
        }
        return permissions;
    }

    private static String itemAction(String kind) {
        return kind.equals("ConditionCheck") ? "ConditionCheckItem" : kind + "Item";
    }

    private static List<Permission> batch(String operation, JsonNode request) {
        return request.path("RequestItems").properties().stream()
                .map(table -> new Permission(action(operation), tableArn(table.getKey())))
                .toList();
    }

    private static Permission permission(String operation, JsonNode request) {
        String table = tableArn(request.path("TableName").asText());
        String index = request.path("IndexName").asText();
        return new Permission(action(operation), index.isEmpty() ? table : table + "/index/" + index);
    }

    private static String action(String operation) {
        return "dynamodb:" + operation;
    }

    private static String tableArn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : ARN_PREFIX + nameOrArn;
    }
}
