package io.x402compute.event;

import java.util.List;

/** Puts events on the bus. */
@FunctionalInterface
public interface EventPublisher {

    /**
     * Publishes all of them, or says that it did not: then every one is to be published again.
     *
     * @return false when any was not accepted
     */
    boolean publish(List<DomainEvent> events);
}
