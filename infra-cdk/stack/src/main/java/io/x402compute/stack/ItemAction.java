package io.x402compute.stack;

/** What a function may do to the items of a table. There is no {@code Scan}: nothing of ours reads a whole table. */
enum ItemAction {
    GET_ITEM("dynamodb:GetItem"), BATCH_GET_ITEM("dynamodb:BatchGetItem"), QUERY("dynamodb:Query"),
    PUT_ITEM("dynamodb:PutItem"),
    UPDATE_ITEM("dynamodb:UpdateItem"),
    DELETE_ITEM("dynamodb:DeleteItem");

    private final String action;

    ItemAction(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }
}
