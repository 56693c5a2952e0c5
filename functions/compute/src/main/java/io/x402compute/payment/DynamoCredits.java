package io.x402compute.payment;

import java.time.Instant;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits in DynamoDB: table {@code credits}, per wallet one item per entry and one with the balance. */
public final class DynamoCredits implements Credits {
    private static final String BALANCE = "balance";

    private final DynamoDbClient dynamo;
    private final String table;

    public DynamoCredits(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        Item entry = Item.create()
                .put("wallet", wallet.address())
                .put("entry", "order#" + order)
                .put("amount", amount.micros())
                .put("reason", reason)
                .put("at", now);
        Item balance = Item.create().put("wallet", wallet.address()).put("entry", BALANCE);
        Item added = Item.create().put(":amount", amount.micros());
        TransactWriteItem enter = TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(entry.attributes())
                        .conditionExpression("attribute_not_exists(wallet)"))
                .build();
        TransactWriteItem add = TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(balance.attributes())
                        .updateExpression("ADD amount :amount")
                        .expressionAttributeValues(added.attributes()))
                .build();
        try {
            dynamo.transactWriteItems(both -> both.transactItems(enter, add));
        } catch (TransactionCanceledException canceled) {
            if (!wasGivenBefore(canceled)) {
                throw canceled;
            }
        }
    }

    private static boolean wasGivenBefore(TransactionCanceledException canceled) {
        return canceled.cancellationReasons().getFirst().code().equals("ConditionalCheckFailed");
    }
}
