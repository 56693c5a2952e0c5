package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.HeldState;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.local.provider.SimulatedMachine;

/** Machines that hide, boot strangely, hang, or change under our hands; and those that are not ours. */
class StrangeMachinesTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** A machine that is not up by then will not be. */
    private static final Duration BOOT_DEADLINE = Duration.ofMinutes(20);

    private final Agent agent = running.agent(4);

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().setLag(SECOND, SECOND);
    }

    @Test
    void aMachineThatDoesNotShowForHalfAMinuteIsWaitedFor() {
        running.provider().setLag(Duration.ofSeconds(30), SECOND);

        Sale sale = Sale.of(running, agent);
        running.advance(Duration.ofSeconds(29));

        assertThat(sale.status()).isEqualTo("provisioning");
        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(1);
    }

    @Test
    void aMachineThatWasDestroyedBeforeItShowedIsDestroyedAllTheSame() {
        running.provider().setLag(Duration.ofSeconds(30), Duration.ofSeconds(30));
        Sale sale = Sale.of(running, agent);

        assertThat(agent.signed("DELETE", MachineRequest.instance(sale.id())).status()).isEqualTo(200);
        assertThat(sale.instance().path("provider_released").booleanValue()).isFalse();
        sale.until(() -> sale.instance().path("provider_released").booleanValue());

        assertThat(sale.liveMachines()).isEmpty();
        assertThat(sale.status()).isEqualTo("destroyed");
    }

    @Test
    void anAddressThatIsNotThereYetIsNeverShownAsOne() {
        Sale sale = Sale.of(running, agent);
        Set<String> shown = new HashSet<>();
        Set<String> atProvider = new HashSet<>();
        for (int step = 0; step < 12; step++) {
            atProvider.add(asked(sale).path("main_ip").textValue());
            shown.add(sale.instance().path("ip_address").textValue());
            running.advance(Duration.ofSeconds(10));
        }

        assertThat(atProvider).contains("0.0.0.0", "");
        assertThat(shown).contains("0.0.0.0").hasSize(2).allMatch(address -> address.matches("[0-9.]{7,15}"));
        sale.untilActive().assertDelivered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0"})
    void aMachineThatIsUpWithoutAnAddressIsNotReady(String address) {
        Sale sale = Sale.of(running, agent);
        running.provider().hold(sale.machine().id(), HeldState.mainIp(address));
        running.advance(Duration.ofMinutes(5));
        assertThat(sale.status()).isEqualTo("provisioning");

        running.provider().hold(sale.machine().id(), HeldState.NONE);

        sale.untilActive().assertDelivered();
    }

    @Test
    void aMachineThatBootsForLongIsNotCalledActiveBeforeItIsUp() {
        Sale sale = Sale.of(running, agent);
        running.provider().hold(sale.machine().id(), HeldState.serverStatus("installingbooting"));
        running.advance(Duration.ofMinutes(15));
        assertThat(sale.status()).isEqualTo("provisioning");

        running.provider().hold(sale.machine().id(), HeldState.NONE);

        sale.untilActive().assertDelivered();
    }

    @Test
    void aStateThatNobodyHasSeenYetMeansNotReady() {
        Sale sale = Sale.of(running, agent);
        running.provider().hold(sale.machine().id(), HeldState.status("installing"));
        running.advance(Duration.ofMinutes(15));
        assertThat(sale.status()).isEqualTo("provisioning");

        running.provider().hold(sale.machine().id(), HeldState.NONE);

        sale.untilActive().assertDelivered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "suspended", "installing"})
    void aMachineThatNeverComesUpIsCreditedAndDestroyed(String status) {
        Sale sale = Sale.of(running, agent);
        running.provider().hold(sale.machine().id(), HeldState.status(status));

        running.advance(BOOT_DEADLINE.plus(MINUTE));
        sale.until(() -> sale.status().equals("failed"));
        // One that is pending cannot be destroyed: it is asked for until it can.
        running.advance(Duration.ofMinutes(3));
        running.provider().hold(sale.machine().id(), HeldState.NONE);
        sale.until(() -> sale.instance().path("provider_released").booleanValue());

        assertThat(sale.instance().path("end_reason").textValue()).isEqualTo("boot_timeout");
        sale.assertCredited();
        assertThat(sale.again().status()).isEqualTo(503);
        assertThat(sale.machines()).hasSize(1);
    }

    @Test
    void aHaltedMachineCostsOnAndGoesWhenItsLeaseIsOver() {
        Sale sale = Sale.of(running, agent).untilActive();
        String id = sale.machine().id();
        assertThat(atProvider("POST", "/instances/" + id + "/halt").status()).isEqualTo(204);
        BigDecimal before = sale.machine().charged();

        running.advance(Duration.ofHours(5));

        assertThat(asked(sale).path("power_status").textValue()).isEqualTo("stopped");
        // 0.059 dollars an hour.
        assertThat(sale.machine().charged().subtract(before)).isEqualByComparingTo("0.295");
        assertThat(sale.status()).as("it was paid for").isEqualTo("active");
        running.advanceTo(Instant.parse(sale.instance().path("expires_at").textValue()).plus(MINUTE));
        sale.until(() -> sale.liveMachines().isEmpty());
        assertThat(sale.status()).isEqualTo("expired");
    }

    @Test
    void machinesOfOthersStayAsTheyAre() {
        Sale sale = Sale.of(running, agent).untilActive();
        String deployment = sale.machine().tags().stream().filter(tag -> tag.startsWith("x402compute:")).findFirst()
                .orElseThrow();
        Duration old = Duration.ofDays(2);
        List<SimulatedMachine> others = List.of(
                running.provider().addMachine("web-1", List.of(), old),
                running.provider().addMachine("web-2", List.of("production", "X402Compute"), old),
                running.provider().addMachine("web-3", List.of("x402compute:another-deployment"), old),
                running.provider().addMachine(deployment, List.of("X402COMPUTE:"), old),
                running.provider().addBareMetal("metal", List.of("x402compute:another-deployment"), old));

        assertThat(agent.signed("DELETE", MachineRequest.instance(sale.id())).status()).isEqualTo(200);
        sale.until(() -> sale.instance().path("provider_released").booleanValue());
        running.cloud().advance(Duration.ofMinutes(11));
        running.cloud().advance(Duration.ofMinutes(11));

        assertThat(sale.liveMachines()).isEmpty();
        assertThat(running.provider().liveMachines()).extracting(SimulatedMachine::id)
                .containsAll(others.stream().map(SimulatedMachine::id).toList());
        assertThat(running.provider().requests()).filteredOn(request -> request.method().equals("DELETE"))
                .noneMatch(request -> others.stream().anyMatch(other -> request.path().contains(other.id())));
    }

    @Test
    void anOperationIsFoundInWhateverCaseItsTagIsShown() {
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.SERVER_ERROR));
        Sale sale = Sale.of(running, agent);
        List<String> tags = sale.machine().tags();
        String id = sale.machine().id();
        running.pass(SECOND);
        retag(id, tags.stream().map(tag -> tag.toUpperCase(Locale.ROOT)).toList());

        sale.until(() -> sale.status().equals("active"));

        assertThat(sale.instance().path("vultr_instance_id").textValue()).isEqualTo(id);
        assertThat(running.provider().liveMachines()).filteredOn(machine -> machine.label().equals(sale.operation()))
                .hasSize(1);
        retag(id, tags);
        sale.assertDelivered();
    }

    @Test
    void theFirstPasswordStaysWithTheProvider() {
        String lastLine = running.cloud().logLines().getLast();
        Sale sale = Sale.of(running, agent).untilActive();
        running.provider().inject(new Fault.AnswerLost(Fault.Loss.TRUNCATED_BODY));
        Sale lost = Sale.of(running, agent).untilActive();
        // As the simulator makes them, so that they can be looked for.
        String password = "password-";
        String console = "novnc";

        assertThat(running.cloud().logLines().getLast()).as("something was logged").isNotEqualTo(lastLine);
        Leaks.assertNone(running.cloud());
        Stream.of(sale, lost).forEach(each -> assertThat(Stream.of(each.instanceRow(), each.paymentRow(),
                each.instance(), each.answer().body(), Optional.of(each.again().body())).map(Object::toString))
                .noneMatch(text -> text.contains(password) || text.contains(console)));
    }

    /** What the provider shows of the machine. */
    private static JsonNode asked(Sale sale) {
        running.pass(SECOND);
        return atProvider("GET", "/instances/" + sale.machine().id()).body().path("instance");
    }

    private static void retag(String id, List<String> tags) {
        ObjectNode body = Json.object();
        tags.forEach(body.putArray("tags")::add);
        assertThat(Http.send(running.provider().baseUrl(), "PATCH", "/v2/instances/" + id, key(),
                WalletHeaders.bytes(Json.write(body))).status()).isEqualTo(202);
    }

    private static Answer atProvider(String method, String path) {
        return Http.send(URI.create(running.provider().baseUrl() + "/"), method, "/v2" + path, key(), new byte[0]);
    }

    private static Map<String, String> key() {
        return Map.of("Authorization", "Bearer " + ProviderSimulator.API_KEY);
    }
}
