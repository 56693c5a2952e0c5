package io.x402compute.x402.facilitator;

/** What came of asking a facilitator what it supports. */
sealed interface Discovery permits SupportedKinds, Discovery.Failed {

    /** Nobody answered, or nothing that can be read. */
    record Failed(String why) implements Discovery {}
}
