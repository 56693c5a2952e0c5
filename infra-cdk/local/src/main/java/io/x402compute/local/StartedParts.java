package io.x402compute.local;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What has been started so far, stopped in the opposite order, from whatever thread; also when starting the rest fails.
 */
final class StartedParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Stops everything, whatever refuses. */
    @Override
    public void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                // The process may be on its way out, and what is left still has to be stopped.
                System.Logger logger = System.getLogger(StartedParts.class.getName());
                logger.log(System.Logger.Level.WARNING, "does not stop", e);
            }
        }
    }
}
