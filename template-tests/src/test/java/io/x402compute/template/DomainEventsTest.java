package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DomainEventsTest {
    private final SynthesizedTemplate template = SynthesizedTemplate.read();

    @Test
    void eventsOfTheBusCanBeReplayed() {
        JsonNode archive = template.only("AWS::Events::Archive");
        assertThat(template.all("AWS::Events::EventBus"))
                .containsKey(SynthesizedTemplate.target(archive.path("SourceArn")));
        assertThat(archive.path("RetentionDays").asInt()).isEqualTo(90);
    }
}
