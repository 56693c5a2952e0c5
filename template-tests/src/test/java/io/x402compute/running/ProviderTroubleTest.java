package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.x402.protocol.PaymentPayload;

/** The provider loses answers, refuses or is gone for a while; customers lose neither machine nor money by it. */
class ProviderTroubleTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ENOUGH_MINUTES = 10;

    private final Agent agent = running.agent(4);
    private final ObjectNode body = MachineRequest.body();

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().restock(MachineRequest.PLAN, MachineRequest.REGION);
    }

    @Test
    void howeverTheAnswerToAnOrderIsLostItsOneMachineIsFoundAgain() {
        List<String> ids = Stream.of(Fault.Loss.values()).map(loss -> {
            running.provider().inject(new Fault.AnswerLost(loss));
            return agent.machine();
        }).toList();

        until(() -> ids.stream().allMatch(id -> agent.instance(id).path("status").asText().equals("active")));

        assertThat(ids).hasSize(Fault.Loss.values().length).allSatisfy(id -> {
            assertThat(machines(id)).hasSize(1);
            assertThat(agent.instance(id).path("vultr_instance_id").textValue())
                    .isEqualTo(machines(id).getFirst().id());
        });
    }

    @Test
    void anOrderThatComesTooEarlyForTheProviderIsPlacedOnceLater() {
        running.provider().inject(new Fault.TooManyRequests(Optional.of("1")));

        String id = agent.machine();
        until(() -> agent.instance(id).path("status").asText().equals("active"));

        assertThat(machines(id)).hasSize(1);
    }

    @Test
    void whatTheProviderDoesNotHaveIsCreditedAtOnce() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        running.provider().soldOut(MachineRequest.PLAN, MachineRequest.REGION);
        World before = running.world();

        Answer answer = agent.pay(PROVISION, body, payment);
        Answer again = agent.pay(PROVISION, body, payment);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("code").textValue()).isEqualTo("no_capacity");
        JsonNode credited = answer.body().path("details").path("credited");
        assertThat(credited.isNumber()).isTrue();
        assertThat(credited.decimalValue().movePointRight(6)).isEqualByComparingTo(Long.toString(PRICE_MICROS));
        assertThat(again.status()).isEqualTo(503);
        assertThat(again.body().path("order_id")).isEqualTo(answer.body().path("order_id"));
        World after = running.world();
        assertThat(after.machines()).isEqualTo(before.machines());
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(credits(after) - credits(before)).isEqualTo(PRICE_MICROS);
    }

    @Test
    void whatExpiresDuringAnOutageGoesWhenTheProviderIsBack() {
        String id = Answer.of(agent.buy(PROVISION, body.put("prepaid_hours", 48)).response()).order().path("id")
                .asText();
        Instant expiry = Instant.parse(agent.instance(id).path("expires_at").textValue());
        // Other tests' machines are gone by then: each would be asked for, and its answer waited for.
        running.advanceTo(expiry.minus(Duration.ofHours(1)));
        running.awaitBoot();
        running.awaitBoot();
        running.provider().inject(new Fault.Outage());
        running.advanceTo(expiry.plus(MINUTE));
        running.advance(MINUTE);
        assertThat(agent.instance(id).path("status").textValue()).isEqualTo("expired");
        assertThat(machines(id).getFirst().live()).isTrue();

        running.provider().heal();
        until(() -> agent.instance(id).path("provider_released").booleanValue());

        assertThat(machines(id).getFirst().live()).isFalse();
    }

    private static List<SimulatedMachine> machines(String id) {
        return running.provider().machines().stream().filter(machine -> machine.tags().contains("op-" + id)).toList();
    }

    private static void until(BooleanSupplier done) {
        for (int minute = 0; minute < ENOUGH_MINUTES; minute++) {
            if (done.getAsBoolean()) {
                return;
            }
            running.advance(MINUTE);
        }
        throw new AssertionError("not done after " + ENOUGH_MINUTES + " minutes");
    }

    /** Micro-USDC credited to all wallets. */
    private static long credits(World world) {
        return world.rows().entrySet().stream().filter(table -> table.getKey().contains("redits"))
                .flatMap(table -> table.getValue().stream())
                .filter(row -> row.get("entry").s().equals("balance"))
                .mapToLong(row -> Long.parseLong(row.get("amount").n()))
                .sum();
    }
}
