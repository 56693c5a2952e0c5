package io.x402compute.idempotency;

/** What a key was used for. */
public sealed interface KeyUse {

    /** Nothing that counts: never, or longer ago than answers are kept, or for a request that was refused. */
    record Unused() implements KeyUse {}

    /**
     * An order, for good.
     *
     * @param order what the ledger finds it by
     */
    record Ordered(String order) implements KeyUse {}

    /** Something that is no order. */
    record Otherwise() implements KeyUse {}
}
