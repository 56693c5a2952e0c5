package io.x402compute.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started so far, stopped in the opposite order; also when starting the rest fails. */
final class StartedParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Stops everything, whatever refuses. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The process may be on its way out, and what is left still has to be stopped.
                System.Logger logger = System.getLogger(StartedParts.class.getName());
                logger.log(System.Logger.Level.WARNING, "does not stop", e);
            }
        }
    }
}
