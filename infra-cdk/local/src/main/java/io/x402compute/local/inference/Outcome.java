package io.x402compute.local.inference;

/** What its caller gets to see of a call. */
sealed interface Outcome {

    record Answered(Reply reply) implements Outcome {}

    /** The connection ends without a word. */
    record Cut(Reply lost) implements Outcome {}

    /** The connection ends in the middle of that. */
    record CutWithin(Reply reply) implements Outcome {}

    /** The connection ends without a word, but not before the server is healed. */
    record Withheld(Reply lost) implements Outcome {}
}
