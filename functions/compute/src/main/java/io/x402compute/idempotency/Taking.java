package io.x402compute.idempotency;

/** What came of taking a key for a request. */
sealed interface Taking {

    /**
     * It is the taker's until its lease ends.
     *
     * @param holder tells this taker from one who takes the key over after that
     */
    record Taken(RequestKey key, String holder) implements Taking {}

    /** The same request was answered before. */
    record Answered(String answer) implements Taking {}

    /** Somebody is at the same request. */
    record InProgress() implements Taking {}

    /** It was used for another request. */
    record OtherRequest() implements Taking {}
}
