package io.x402compute.x402.client;

import java.time.Duration;

/** How to let time pass between two questions about a pending settlement. */
@FunctionalInterface
public interface Waiter {
    void await(Duration time) throws InterruptedException;
}
