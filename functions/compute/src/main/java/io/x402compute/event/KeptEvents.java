package io.x402compute.event;

import java.util.List;

/** Keeps what it has published. What could not be kept is published again, and kept then. */
public final class KeptEvents implements EventPublisher {
    private final EventPublisher bus;
    private final EventHistory history;

    public KeptEvents(EventPublisher bus, EventHistory history) {
        this.bus = bus;
        this.history = history;
    }

    @Override
    public boolean publish(List<DomainEvent> events) {
        if (!bus.publish(events)) {
            return false;
        }
        events.forEach(history::keep);
        return true;
    }
}
