package io.x402compute.local.schedule;

import java.time.Duration;
import java.util.List;

/**
 * A rule and what it does.
 *
 * @param name the ARN of the rule is made of it
 * @param invocations one per target
 */
public record ScheduledRule(String name, Duration period, List<Invocation> invocations) {

    /**
     * One call of a function.
     *
     * @param handlerName how people call the function
     * @param input the event; empty for the scheduled event itself
     */
    public record Invocation(String functionId, String handlerName, String input) {}
}
