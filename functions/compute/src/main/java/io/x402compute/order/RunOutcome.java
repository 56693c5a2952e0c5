package io.x402compute.order;

import io.x402compute.x402.protocol.Usdc;

/** What came of a run that is not paid yet. */
public sealed interface RunOutcome {

    /**
     * Its result is kept back until it is paid.
     *
     * @param taking how much of the payment is to be taken
     */
    record Ran(Usdc taking) implements RunOutcome {}

    /**
     * There is nothing to pay for.
     *
     * @param reason a machine code
     */
    record Failed(String reason) implements RunOutcome {}
}
