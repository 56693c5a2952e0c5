package io.x402compute.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import io.x402compute.http.Json;
import io.x402compute.store.ArrivedEvent;
import io.x402compute.store.LocalAws;

class EventBridgePublisherTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    @Test
    void moreEventsThanOneCallTakesArriveEachOnce() {
        List<DomainEvent> events = IntStream.range(0, 23).mapToObj(EventBridgePublisherTest::event).toList();

        assertThat(publish(events)).isTrue();

        assertThat(aws.awaitEvents(events.size()))
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(EventBridgePublisherTest::asConsumersSeeIt).toList());
    }

    @Test
    void nothingToPublishIsPublished() {
        assertThat(publish(List.of())).isTrue();
    }

    private boolean publish(List<DomainEvent> events) {
        try (EventBridgeClient bridge = aws.eventBridge()) {
            return new EventBridgePublisher(bridge, aws.environment().get("EVENT_BUS")).publish(events);
        }
    }

    private static DomainEvent event(int number) {
        return new DomainEvent("event-" + number, "InstanceExpired", NOON.plusSeconds(number),
                Json.object().put("instance_id", "instance-" + number));
    }

    private static ArrivedEvent asConsumersSeeIt(DomainEvent event) {
        return new ArrivedEvent("x402compute", event.type(), Instant.ofEpochSecond(event.time().getEpochSecond()),
                Json.readOwn(event.published()));
    }
}
