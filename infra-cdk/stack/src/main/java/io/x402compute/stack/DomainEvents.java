package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Archive;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventPattern;
import software.constructs.Construct;

/**
 * Our own event bus, for operators to attach to, with an archive: a consumer that is added or repaired later can have the
 * events of the last 90 days replayed.
 */
final class DomainEvents extends Construct {
    private final EventBus bus;

    DomainEvents(Construct scope, String id) {
        super(scope, id);
        bus = EventBus.Builder.create(this, "EventBus").eventBusName("x402compute").build();
        Archive.Builder.create(this, "Events")
                .sourceEventBus(bus)
                // An archive wants a pattern; only this account publishes here.
                .eventPattern(EventPattern.builder().account(List.of(Aws.ACCOUNT_ID)).build())
                .retention(Duration.days(90))
                .build();
    }

    Need publish() {
        return Need.variable("EVENT_BUS", busName()).and(Need.allow(List.of("events:PutEvents"), bus.getEventBusArn()));
    }

    String busName() {
        return bus.getEventBusName();
    }
}
