package io.x402compute.inference;

import java.time.Duration;

/** Waits, where there is nothing else to do. */
@FunctionalInterface
public interface Pause {

    void take(Duration length);

    /** Really waits. A thread that is told to stop waits no longer. */
    static void sleep(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
