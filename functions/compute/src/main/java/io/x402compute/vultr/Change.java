package io.x402compute.vultr;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of asking the provider to change a machine: to start, halt or reboot it, or to move it to another plan. Like an
 * order, a change has no idempotency key; unlike one, what it was meant to bring about can be looked for.
 */
public sealed interface Change {

    /**
     * Carried out, or begun: the machine shows it seconds later.
     *
     * @param job the provider's number for it, where it told one
     */
    record Accepted(Optional<String> job) implements Change {}

    /**
     * Definitely nothing has changed: any 4xx but 404, 408 and 429.
     *
     * @param text the provider's own words, for operators
     */
    record Refused(int status, Refusal kind, String text) implements Change {}

    /** There is no such machine (any more). */
    record Gone() implements Change {}

    /** Not carried out, because the machine is still being set up or is locked: ask again in a while. */
    record Busy(String why) implements Change {}

    /**
     * Not carried out, and nothing is wrong with the request: 429, our own pace, or no connection came about.
     *
     * @param retryAfter at most 60 s
     */
    record Throttled(Duration retryAfter) implements Change {}

    /** It may or may not have been carried out: 408, 5xx, a timeout or a cut connection. */
    record Unknown(String why) implements Change {}
}
