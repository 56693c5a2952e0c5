package io.x402compute.simulation.world;

import java.util.ArrayList;
import java.util.List;

import io.x402compute.event.DomainEvent;
import io.x402compute.event.EventPublisher;

/** The event bus: may refuse a batch, in part too, and may take what it then says it has not. */
public final class Bus implements EventPublisher {
    private final Weather weather;
    private final List<DomainEvent> taken = new ArrayList<>();

    Bus(Weather weather) {
        this.weather = weather;
    }

    @Override
    public boolean publish(List<DomainEvent> events) {
        if (weather.strikes(weather.climate().refusedWrites(), "bus refuses")) {
            taken.addAll(events.subList(0, weather.pick(events.size() + 1)));
            return false;
        }
        taken.addAll(events);
        return true;
    }

    /** All that subscribers have received, repeats included. */
    public List<DomainEvent> taken() {
        return taken;
    }
}
