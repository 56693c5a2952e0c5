package io.x402compute.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * A route of the HTTP API.
 *
 * @param key method and path template, {@code GET /things/{id}}, or {@code $default}
 * @param functionId the function behind its integration
 * @param timeout how long the gateway waits for that function
 * @param throttle the stage's; empty where only the account's limits hold, which are not the template's
 */
public record Route(String key, String functionId, Duration timeout, Optional<Throttle> throttle) {
    /** Both what the gateway waits when the template says nothing, and the longest that it can be told to wait. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** As it is when the template says nothing more. */
    public Route(String key, String functionId) {
        this(key, functionId, LONGEST_WAIT, Optional.empty());
    }
}
