package io.x402compute.instance;

/** What came of a wish to have something done to a machine. */
public sealed interface OperationResult {

    /** It is being done, or was done: {@link Instance#operation} tells how far it has come. */
    record Taken(Instance instance, Operation operation) implements OperationResult {}

    /**
     * The provider said no, and nothing has changed.
     *
     * @param code for machines
     */
    record Refused(String code) implements OperationResult {}

    /** Something else is being done to it. */
    record Occupied(Operation pending) implements OperationResult {}

    /** It is not up (any more). */
    record NotActive(InstanceState state) implements OperationResult {}
}
