package io.x402compute.stack;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.IFunction;

/**
 * A function that a rule calls.
 *
 * @param handler its class
 * @param period of the rule
 * @param function itself, not its alias: Lambda counts the calls of an alias under the function's name, too
 */
record Scheduled(Class<?> handler, Duration period, IFunction function) {
    String name() {
        return handler.getSimpleName();
    }
}
