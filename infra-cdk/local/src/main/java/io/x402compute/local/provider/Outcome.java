package io.x402compute.local.provider;

/** What its caller gets to see of a call. */
sealed interface Outcome {

    record Answered(Reply reply) implements Outcome {}

    /** The connection ends without a word. */
    record Cut() implements Outcome {}

    /** The same, but not before the simulator is healed. */
    record Withheld() implements Outcome {}
}
