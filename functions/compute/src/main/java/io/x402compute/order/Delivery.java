package io.x402compute.order;

/** How far what was bought has come to its buyer. */
public sealed interface Delivery {

    record Done() implements Delivery {}

    record Underway() implements Delivery {}

    /**
     * It will not come: the money is owed back.
     *
     * @param reason a machine code
     */
    record Impossible(String reason) implements Delivery {}
}
