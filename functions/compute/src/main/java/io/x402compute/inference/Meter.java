package io.x402compute.inference;

/** What is counted of a run. */
public enum Meter {
    REQUESTS, INPUT_TOKENS, OUTPUT_TOKENS, CHARACTERS,
    /** Of sound or film. */
    SECONDS, IMAGES, PAGES
}
