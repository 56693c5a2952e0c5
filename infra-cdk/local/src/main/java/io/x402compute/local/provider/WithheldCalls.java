package io.x402compute.local.provider;

import java.time.Duration;
import java.time.Instant;

/** Callers who wait for an answer that will not come. */
final class WithheldCalls {
    private int waiting;
    private int releases;

    /** Returns when they are released, or when the simulator ends. */
    synchronized void hold() {
        int before = releases;
        waiting++;
        notifyAll();
        try {
            while (releases == before) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
        }
    }

    /** Returns as soon as somebody is held. */
    synchronized void await(Duration longest) {
        Instant end = Instant.now().plus(longest);
        try {
            while (waiting == 0) {
                long left = Duration.between(Instant.now(), end).toMillis();
                if (left <= 0) {
                    throw new IllegalStateException("nobody waits for an answer");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    synchronized void release() {
        releases++;
        notifyAll();
    }
}
