package io.x402compute.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.local.HandClock;

class SchedulesTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-03-12T19:03:30Z"));
    private final List<String> invoked = new ArrayList<>();
    private final List<JsonNode> received = new ArrayList<>();
    private final Schedules schedules = new Schedules(
            clock, List.of(rule("Sweep", Duration.ofMinutes(1)), rule("Refresh", Duration.ofMinutes(5))),
            (function, event) -> {
                invoked.add(function);
                received.add(Json.readOwn(new String(event, StandardCharsets.UTF_8)));
            });

    @Test
    void nothingFiresBeforeItsMinute() {
        clock.advance(Duration.ofSeconds(29));
        schedules.fireDue();

        assertThat(invoked).isEmpty();
    }

    @Test
    void aRuleFiresOnceOnItsBoundary() {
        clock.advance(Duration.ofSeconds(30));
        schedules.fireDue();
        schedules.fireDue();

        assertThat(invoked).containsExactly("Sweep");
    }

    @Test
    void aLongLeapFiresEachRuleOnceInTheOrderOfTheirNames() {
        clock.advance(Duration.ofDays(40));
        schedules.fireDue();

        assertThat(invoked).containsExactly("Refresh", "Sweep");
    }

    @Test
    void theEventIsAScheduledOne() {
        schedules.fire("Sweep");

        assertThat(received).singleElement().satisfies(event -> {
            assertThat(event.path("source").asText()).isEqualTo("aws.events");
            assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
            assertThat(event.path("time").asText()).isEqualTo("2026-03-12T19:03:30Z");
            assertThat(event.path("resources").path(0).asText()).endsWith(":rule/SweepRule");
        });
    }

    @Test
    void whatNoRuleInvokesCannotBeFired() {
        assertThat(schedules.fire("ProvisionInstance")).isFalse();
        assertThat(invoked).isEmpty();
    }

    private static ScheduledRule rule(String handler, Duration period) {
        return new ScheduledRule(
                handler + "Rule", period, List.of(new ScheduledRule.Invocation(handler, handler, "")));
    }
}
