package io.x402compute.x402.facilitator;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pause {
    void until(Duration over) throws InterruptedException;
}
