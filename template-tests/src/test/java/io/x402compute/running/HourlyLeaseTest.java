package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.SimulatedMachine;

/** Where the operator sells single hours. */
class HourlyLeaseTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("MinHours", "1");

    private static final BigDecimal HOURLY = new BigDecimal("0.0708");

    private final Agent agent = running.agent(1);

    @Test
    void anHourIsPaidLastsAnHourAndEndsWithoutAWarning() {
        long before = agent.balance();
        String id = anHour();
        assertThat(before - agent.balance()).isEqualTo(HOURLY.movePointRight(6).longValueExact());
        Instant end = instant(id, "expires_at");
        assertThat(Duration.between(instant(id, "created_at"), end)).isEqualTo(Duration.ofHours(1));
        assertThat(instant(id, "destroys_at")).isEqualTo(end);

        running.advanceTo(end.minus(Duration.ofSeconds(30)));
        assertThat(machine(id).live()).isTrue();
        running.advance(Duration.ofMinutes(1));

        assertThat(machine(id).live()).isFalse();
        assertThat(agent.instance(id).path("status").textValue()).isEqualTo("expired");
        assertThat(warnings(id)).isEmpty();
    }

    @Test
    void theFirstHourIsUsedHoweverSoonItsMachineIsGivenUp() {
        Answer destroyed = agent.signed("DELETE", MachineRequest.instance(anHour()));

        assertThat(destroyed.body().path("credited_hours").intValue()).isZero();
        assertThat(destroyed.body().path("credited").decimalValue()).isZero();
    }

    @Test
    void ofTwoHoursTheOneThatWasBoughtLastIsGivenBack() {
        String id = anHour();
        Answer extended = anHourMore(id);

        Answer destroyed = agent.signed("DELETE", MachineRequest.instance(id));

        assertThat(destroyed.body().path("credited_hours").intValue()).isEqualTo(1);
        assertThat(destroyed.body().path("credited").decimalValue()).isEqualByComparingTo(HOURLY);
        JsonNode entry = agent.signed("GET", "/compute/credits/entries", "limit=1").body().at("/entries/0");
        assertThat(entry.path("order_id")).isEqualTo(extended.body().path("order_id"));
        assertThat(entry.path("reason").textValue()).isEqualTo("unused_time");
    }

    @Test
    void anHourBeforeTheEndOfTwoItsOwnerIsWarnedOnce() {
        String id = anHour();
        anHourMore(id);
        Instant end = instant(id, "expires_at");

        running.advanceTo(end.minus(Duration.ofMinutes(61)));
        assertThat(warnings(id)).isEmpty();
        running.advanceTo(end.minus(Duration.ofMinutes(59)));
        running.advanceTo(end.minus(Duration.ofMinutes(1)));

        assertThat(warnings(id)).singleElement().satisfies(detail -> {
            assertThat(detail.path("hours_left").intValue()).isEqualTo(1);
            assertThat(detail.path("expires_at").textValue()).isEqualTo(end.toString());
        });
    }

    private String anHour() {
        String id = agent.machine(MachineRequest.body().put("prepaid_hours", 1));
        running.awaitBoot();
        return id;
    }

    private Answer anHourMore(String id) {
        Answer answer = Answer.of(
                agent.buy(MachineRequest.extend(id), Json.object().put("extend_hours", 1)).response());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    private Instant instant(String id, String field) {
        return Instant.parse(agent.instance(id).path(field).textValue());
    }

    private static SimulatedMachine machine(String id) {
        return running.provider().machines().stream().filter(machine -> machine.tags().contains("op-" + id)).findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> warnings(String id) {
        return running.cloud().events().stream()
                .filter(event -> event.detailType().equals("InstanceExpiring")
                        && event.detail().path("instance_id").textValue().equals(id))
                .<JsonNode>map(event -> event.detail()).distinct().toList();
    }
}
