package io.x402compute.local.template;

import java.time.Duration;
import java.util.List;

/**
 * A scheduled EventBridge rule.
 *
 * @param name as it appears in its ARN
 * @param period of its {@code rate(…)} expression
 */
public record Rule(String name, Duration period, List<Target> targets) {

    /**
     * A function the rule invokes.
     *
     * @param input what it is invoked with; empty for the scheduled event itself
     */
    public record Target(String functionId, String input) {}
}
