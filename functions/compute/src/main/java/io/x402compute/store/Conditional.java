package io.x402compute.store;

import java.util.Optional;

/** What came of a conditional write. */
public sealed interface Conditional {

    /**
     * The condition held.
     *
     * @param item the whole item as it is now
     */
    record Written(Item item) implements Conditional {}

    /**
     * The condition did not hold and nothing was changed. Read by DynamoDB at the write itself: no second look is needed.
     *
     * @param stored the item as it is; empty when there is none
     */
    record Conflict(Optional<Item> stored) implements Conditional {}
}
