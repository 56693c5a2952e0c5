package io.x402compute.vultr;

import java.time.Duration;

/** What became of asking the provider for a machine. There is no idempotency key, so "unknown" is an answer of its own. */
public sealed interface Create {

    /** The machine exists and is being installed. */
    record Created(VultrInstance instance) implements Create {}

    /**
     * Definitely no machine: any 4xx but 408 and 429.
     *
     * @param kind what to do about it; decided by status and text, because the API has no machine codes
     * @param text the provider's own words, for operators
     */
    record Refused(int status, Refusal kind, String text) implements Create {}

    /**
     * Not carried out, and nothing is wrong with the request: 429, our own pace, or no connection came about.
     *
     * @param retryAfter at most 60 s
     */
    record Throttled(Duration retryAfter) implements Create {}

    /**
     * The machine may or may not exist: 408, 5xx, a timeout, a cut connection, or a success that cannot be read. Only the
     * lists can tell, and a fresh machine may be missing from them for some seconds.
     */
    record Unknown(String why) implements Create {}
}
