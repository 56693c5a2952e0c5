package io.x402compute.local.http;

import java.time.Duration;
import java.time.Instant;

/** Callers who wait for an answer that will not come. */
public final class WithheldCalls {
    private int waiting;
    private int releases;

    /** Returns when they are released, or when their server ends. */
    public synchronized void hold() {
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
    public synchronized void await(Duration longest) {
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

    public synchronized void release() {
        releases++;
        notifyAll();
    }
}
