package io.x402compute.payment;

import java.util.Map;
import java.util.function.Supplier;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

import io.x402compute.store.Item;
import io.x402compute.x402.facilitator.SignerNonces;

/**
 * Transaction numbers counted in one item per signer of table {@code payments}: one atomic write hands one out, however many
 * functions ask at once. The chain's own count is a floor, for an account that was used elsewhere.
 */
public final class DynamoSignerNonces implements SignerNonces {
    private static final String NEXT = "next";

    private final Supplier<DynamoDbClient> dynamo;
    private final String table;

    public DynamoSignerNonces(Supplier<DynamoDbClient> dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public long next(String signer, long chainCount) {
        while (true) {
            try {
                return update(signer, "SET #next = if_not_exists(#next, :count) + :one",
                        "attribute_not_exists(#next) OR #next >= :count", chainCount);
            } catch (ConditionalCheckFailedException behindTheChain) {
                try {
                    return update(signer, "SET #next = :count + :one", "#next < :count", chainCount);
                } catch (ConditionalCheckFailedException caughtUpMeanwhile) {
                    continue;
                }
            }
        }
    }

    private long update(String signer, String expression, String condition, long chainCount) {
        Map<String, AttributeValue> after = dynamo.get().updateItem(update -> update
                .tableName(table)
                .key(Map.of(DynamoPaymentLedger.KEY, Item.textValue("signer/" + signer)))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#next", NEXT))
                .expressionAttributeValues(Map.of(":count", Item.numberValue(chainCount), ":one", Item.numberValue(1)))
                .returnValues(ReturnValue.UPDATED_NEW)).attributes();
        return Item.of(after).number(NEXT) - 1;
    }
}
