package io.x402compute.event;

import java.util.List;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Publishes to an EventBridge bus, in the batches of ten that one call takes. */
public final class EventBridgePublisher implements EventPublisher {
    private static final String SOURCE = "x402compute";
    private static final int BATCH = 10;

    private final EventBridgeClient bridge;
    private final String bus;

    public EventBridgePublisher(EventBridgeClient bridge, String bus) {
        this.bridge = bridge;
        this.bus = bus;
    }

    @Override
    public boolean publish(List<DomainEvent> events) {
        for (int start = 0; start < events.size(); start += BATCH) {
            if (!put(events.subList(start, Math.min(start + BATCH, events.size())))) {
                return false;
            }
        }
        return true;
    }

    private boolean put(List<DomainEvent> batch) {
        try {
            return bridge.putEvents(request -> request.entries(batch.stream().map(this::entry).toList()))
                    .failedEntryCount() == 0;
        } catch (SdkException unreachable) {
            return false;
        }
    }

    private PutEventsRequestEntry entry(DomainEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(event.type())
                .time(event.time())
                .detail(event.published())
                .build();
    }
}
