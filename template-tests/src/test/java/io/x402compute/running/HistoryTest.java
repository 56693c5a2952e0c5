package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.aws.PublishedEvent;
import io.x402compute.local.client.Answer;

/** What an owner is told of a machine: while it happens, before it ends, and what was left when it was given up. */
class HistoryTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final BigDecimal HOURLY = new BigDecimal("0.0708");
    private static final String ENTRIES = "/compute/credits/entries";

    private final Agent agent = running.agent(4);

    @Test
    void givenUpEarlyTheWholeHoursThatAreLeftAreCreditedOnce() {
        String id = booted();
        running.advance(Duration.ofHours(3));

        Answer destroyed = agent.signed("DELETE", MachineRequest.instance(id));
        Answer again = agent.signed("DELETE", MachineRequest.instance(id));
        running.advance(Duration.ofMinutes(2));

        assertThat(destroyed.body().path("success").booleanValue()).isTrue();
        assertThat(destroyed.body().path("credited_hours").intValue()).isEqualTo(20);
        assertThat(destroyed.body().path("credited").decimalValue())
                .isEqualByComparingTo(HOURLY.multiply(BigDecimal.valueOf(20)));
        assertThat(again.body().path("credited")).isEqualTo(destroyed.body().path("credited"));
        assertThat(agent.instance(id).path("credited")).isEqualTo(destroyed.body().path("credited"));
        String order = published(id).stream().filter(event -> event.detailType().equals("PaymentSettled")).findFirst()
                .orElseThrow().detail().path("order_id").textValue();
        assertThat(agent.signed("GET", ENTRIES).body().path("entries").valueStream()
                .filter(entry -> entry.path("order_id").textValue().equals(order))).singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("reason").textValue()).isEqualTo("unused_time");
                    assertThat(entry.path("amount").textValue()).isEqualTo(Integer.toString(20 * 70_800));
                });
        assertThat(published(id)).filteredOn(event -> event.detailType().equals("InstanceDestroyed"))
                .allSatisfy(event -> assertThat(event.detail().path("credited_micro_usdc").intValue())
                        .isEqualTo(20 * 70_800));
    }

    @Test
    void ownersAreWarnedADayAndAnHourBefore() {
        String id = booted();
        agent.buy(MachineRequest.extend(id), Json.object().put("extend_hours", 24));
        Instant end = Instant.parse(agent.instance(id).path("expires_at").textValue());

        running.advanceTo(end.minus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(warnings(id)).isEmpty();
        running.advance(Duration.ofSeconds(2));
        running.advance(Duration.ofHours(1));
        assertThat(warnings(id)).containsExactly(24);
        running.advanceTo(end.minus(Duration.ofMinutes(59)));
        running.advanceTo(end.minus(Duration.ofMinutes(2)));

        assertThat(warnings(id)).containsExactly(24, 1);
    }

    @Test
    void everyEventIsInTheHistoryAsSoonAsItHasHappenedAndNothingIsInItTwice() {
        String id = booted();
        running.pass(Duration.ofSeconds(1));
        agent.buy(MachineRequest.extend(id), Json.object());
        assertThat(types(id)).as("not published yet").contains("InstanceExtended");
        running.advance(Duration.ofMinutes(1));
        agent.signed("DELETE", MachineRequest.instance(id));
        assertThat(types(id)).first().as("not published yet").isEqualTo("InstanceDestroyed");
        running.advance(Duration.ofMinutes(1));
        running.advance(Duration.ofMinutes(1));

        assertThat(types(id)).containsExactlyInAnyOrder("PaymentSettled", "InstanceProvisioned", "PaymentSettled",
                "InstanceExtended", "InstanceDestroyed");
        assertThat(history(id, "").path("events")).allSatisfy(event -> assertThat(published(id))
                .anySatisfy(onTheBus -> {
                    assertThat(onTheBus.detailType()).isEqualTo(event.path("type").textValue());
                    assertThat(onTheBus.detail().path("id")).isEqualTo(event.path("id"));
                    assertThat(onTheBus.detail().path("time")).isEqualTo(event.path("time"));
                }));
    }

    @Test
    void pagesAddUpToTheHistory() {
        String id = booted();
        agent.signed("DELETE", MachineRequest.instance(id));
        running.advance(Duration.ofMinutes(1));

        List<JsonNode> all = new ArrayList<>();
        JsonNode page = history(id, "limit=1");
        page.path("events").forEach(all::add);
        while (page.path("has_more").booleanValue()) {
            page = history(id, "limit=1&cursor=" + page.path("next_cursor").textValue());
            page.path("events").forEach(all::add);
        }

        assertThat(all).containsExactlyElementsOf(history(id, "").path("events"));
        assertThat(all).hasSize(3);
    }

    @Test
    void aKeyOfTheOwnerSeesItAndNobodyElseDoes() {
        String id = booted();
        Map<String, String> key = Map.of("X-API-Key", UsedSecrets.rememberUnkept(
                agent.signed("POST", "/compute/api-keys").body().path("api_key").textValue()));

        assertThat(agent.send("GET", MachineRequest.events(id), key, new byte[0]).body()).isEqualTo(history(id, ""));
        assertThat(running.agent(1).signed("GET", MachineRequest.events(id)).status()).isEqualTo(404);
    }

    private String booted() {
        String id = agent.machine();
        running.awaitBoot();
        assertThat(agent.instance(id).path("status").textValue()).isEqualTo("active");
        return id;
    }

    private JsonNode history(String id, String query) {
        Answer answer = query.isEmpty()
                ? agent.signed("GET", MachineRequest.events(id))
                : agent.signed("GET", MachineRequest.events(id), query);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private List<String> types(String id) {
        return history(id, "").path("events").valueStream().map(event -> event.path("type").textValue()).toList();
    }

    private static List<PublishedEvent> published(String id) {
        return running.cloud().events().stream()
                .filter(event -> event.detail().path("instance_id").asText().equals(id)
                        || event.detail().path("subject_id").asText().equals(id))
                .toList();
    }

    private static List<Integer> warnings(String id) {
        return published(id).stream().filter(event -> event.detailType().equals("InstanceExpiring"))
                .map(event -> event.detail().path("hours_left").intValue()).distinct().toList();
    }
}
