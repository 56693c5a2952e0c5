package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.SimulatedMachine;

/** Machines that are started, stopped, rebooted and resized, whatever the provider makes of it. */
class OperationsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Agent owner = running.agent(2);

    @Test
    void aMachineIsStoppedAndStartedAndItsTimeGoesOn() {
        String id = machine();
        String expiresAt = owner.instance(id).path("expires_at").textValue();

        Answer stopped = ask(id, "stop");

        assertThat(stopped.status()).as(stopped.body().toString()).isEqualTo(200);
        assertThat(stopped.body().path("success").booleanValue()).isTrue();
        assertThat(stopped.body().path("message").textValue()).contains(expiresAt);
        assertThat(stopped.body().at("/operation/status").textValue()).isEqualTo("pending");
        minutes(1);
        JsonNode seen = owner.instance(id);
        assertThat(seen.at("/operation/status").textValue()).isEqualTo("done");
        assertThat(seen.path("power_status").textValue()).isEqualTo("stopped");
        assertThat(seen.path("status").textValue()).isEqualTo("active");
        assertThat(seen.path("expires_at").textValue()).isEqualTo(expiresAt);
        assertThat(provider(id).powerStatus()).isEqualTo("stopped");

        assertThat(ask(id, "start").status()).isEqualTo(200);
        running.pass(Duration.ofSeconds(20));
        assertThat(owner.instance(id).path("power_status").textValue()).as("looking is what tells")
                .isEqualTo("running");
    }

    @Test
    void aStoppedMachineExpiresAsAnyOther() {
        String id = machine();
        ask(id, "stop");

        running.advance(Duration.ofHours(MachineRequest.HOURS).plus(MINUTE));

        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("expired");
        assertThat(provider(id).live()).isFalse();
    }

    @Test
    void oneThingIsDoneAtATime() {
        String id = machine();
        assertThat(ask(id, "stop").status()).isEqualTo(200);

        assertRefused(ask(id, "reboot"), "operation_in_progress");
        assertRefused(resize(id), "operation_in_progress");
        minutes(1);
        assertThat(resize(id).status()).isEqualTo(200);
        assertRefused(ask(id, "start"), "already_resizing");
        assertRefused(resize(id), "already_resizing");
        minutes(1);
        assertThat(ask(id, "start").status()).isEqualTo(200);
    }

    @Test
    void nothingIsDoneToAMachineThatIsNotUp() {
        String id = owner.machine();
        assertRefused(ask(id, "stop"), "not_active");
        assertRefused(resize(id), "not_active");
        running.awaitBoot();
        owner.instance(id);
        owner.signed("DELETE", MachineRequest.instance(id));

        assertRefused(ask(id, "start"), "not_active");
        assertRefused(resize(id), "not_active");
    }

    @Test
    void anApiKeyWillDo() {
        String id = machine();
        Answer created = owner.signed("POST", "/compute/api-keys");
        String key = UsedSecrets.rememberUnkept(created.body().path("api_key").textValue());

        Answer rebooted = owner.post(MachineRequest.operation(id, "reboot"), Json.object(), Map.of("X-API-Key", key));

        assertThat(rebooted.status()).as(rebooted.body().toString()).isEqualTo(200);
        assertThat(rebooted.body().at("/operation/status").textValue()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "reboot"})
    void whatIsLockedIsDoneLater(String verb) {
        String id = machine();
        running.provider().inject(new Fault.ChangeRefused(500, "Unable to halt server: Server is currently locked"));

        Answer answer = ask(id, verb);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("success").booleanValue()).isFalse();
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        minutes(2);
        assertThat(owner.instance(id).at("/operation/status").textValue()).isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_CUT", "BAD_GATEWAY", "GATEWAY_TIMEOUT", "SERVER_ERROR"})
    void aStopWhoseAnswerIsLostIsSeen(Fault.Loss loss) {
        String id = machine();
        running.provider().inject(new Fault.ChangeLost(loss));

        assertThat(ask(id, "stop").status()).isEqualTo(202);

        minutes(2);
        assertThat(owner.instance(id).at("/operation/status").textValue()).isEqualTo("done");
        assertThat(asked(id, "halt")).isEqualTo(1);
    }

    @Test
    void aStopThatGotLostIsRepeatedAndARebootIsNot() {
        String stopped = machine();
        running.provider().inject(new Fault.ChangeRefused(500, "Internal server error."));
        assertThat(ask(stopped, "stop").status()).isEqualTo(202);
        String rebooted = machine();
        running.provider().inject(new Fault.ChangeRefused(500, "Internal server error."));
        assertThat(ask(rebooted, "reboot").status()).isEqualTo(202);

        minutes(4);

        assertThat(owner.instance(stopped).at("/operation/status").textValue()).isEqualTo("done");
        assertThat(asked(stopped, "halt")).isEqualTo(2);
        assertThat(owner.instance(rebooted).at("/operation/status").textValue()).isEqualTo("failed");
        assertThat(owner.instance(rebooted).at("/operation/reason").textValue()).isEqualTo("outcome_unknown");
        assertThat(asked(rebooted, "reboot")).isEqualTo(1);
    }

    @Test
    void aLargerPlanIsPaidWithTheTimeThatIsLeft() {
        String id = machine();
        JsonNode before = owner.instance(id);
        Instant old = Instant.parse(before.path("expires_at").textValue());

        Answer answer = resize(id);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        JsonNode body = answer.body();
        assertThat(body.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("success", "instance_id",
                "provider", "from_plan", "to_plan", "old_expires_at", "new_expires_at", "remaining_credit",
                "remaining_hours_before", "remaining_hours_after", "provider_action_id", "operation");
        assertThat(body.path("success").booleanValue()).isTrue();
        assertThat(body.path("from_plan").textValue()).isEqualTo(MachineRequest.PLAN);
        assertThat(body.path("to_plan").textValue()).isEqualTo(MachineRequest.LARGER_PLAN);
        assertThat(body.path("old_expires_at").textValue()).isEqualTo(old.toString());
        Instant asked = Instant.parse(body.at("/operation/asked_at").textValue());
        Duration left = Duration.between(asked, old);
        assertThat(Duration.between(asked, Instant.parse(body.path("new_expires_at").textValue())))
                .as("half as long for twice the price").isCloseTo(left.dividedBy(2), SECOND.multipliedBy(2));
        // 0.0708 dollars an hour.
        assertThat(body.path("remaining_credit").decimalValue()).isCloseTo(
                BigDecimal.valueOf(left.toSeconds() * 0.0708 / 3600), within(new BigDecimal("0.0001")));
        assertThat(body.path("remaining_hours_before").decimalValue()).isCloseTo(
                BigDecimal.valueOf(left.toSeconds() / 3600.0), within(new BigDecimal("0.001")));
        assertThat(body.path("remaining_hours_after").decimalValue()).isCloseTo(
                BigDecimal.valueOf(left.toSeconds() / 7200.0), within(new BigDecimal("0.001")));

        JsonNode pending = owner.instance(id);
        assertThat(pending.path("plan").textValue()).isEqualTo(MachineRequest.LARGER_PLAN);
        assertThat(pending.at("/metadata/resize_pending/new_expires_at").textValue())
                .isEqualTo(body.path("new_expires_at").textValue());
        minutes(1);
        JsonNode done = owner.instance(id);
        assertThat(done.at("/operation/status").textValue()).isEqualTo("done");
        assertThat(done.path("vultr_ram").intValue()).isEqualTo(16384);
        assertThat(done.path("expires_at")).isEqualTo(body.path("new_expires_at"));
        assertThat(provider(id).plan()).isEqualTo(MachineRequest.LARGER_PLAN);
        minutes(1);
        assertThat(running.cloud().events()).filteredOn(event -> event.detailType().equals("InstanceResized"))
                .anySatisfy(event -> assertThat(event.detail().path("instance_id").textValue()).isEqualTo(id));
    }

    @Test
    void aResizedMachineIsExtendedAtItsNewPriceAndExpiresWhenItSays() {
        String id = machine();
        Instant shorter = Instant.parse(resize(id).body().path("new_expires_at").textValue());
        long before = owner.balance();

        Answer extended = Answer.of(owner.buy(MachineRequest.extend(id), Json.object()).response());

        assertThat(extended.status()).as(extended.body().toString()).isEqualTo(200);
        assertThat(owner.balance()).isEqualTo(before - 2 * MachineRequest.PRICE_MICROS);
        Instant end = Instant.parse(owner.instance(id).path("expires_at").textValue());
        assertThat(end).isEqualTo(shorter.plus(Duration.ofHours(24)));

        running.advanceTo(end.minus(MINUTE));
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("active");
        minutes(3);
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("expired");
        assertThat(provider(id).live()).isFalse();
    }

    @Test
    void aResizedMachineThatIsDestroyedGivesBackWhatIsLeftAtItsNewPrice() {
        String id = machine();
        Instant end = Instant.parse(resize(id).body().path("new_expires_at").textValue());
        running.advance(Duration.ofHours(2));
        long hours = Duration.between(running.now(), end).toHours();
        BigDecimal credit = credit();

        assertThat(owner.signed("DELETE", MachineRequest.instance(id)).status()).isEqualTo(200);
        minutes(1);

        assertThat(credit().subtract(credit)).isEqualByComparingTo(new BigDecimal("0.1416").multiply(
                BigDecimal.valueOf(hours)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_CUT", "BAD_GATEWAY"})
    void aResizeWhoseAnswerIsLostExchangesTheTimeOnceItShows(Fault.Loss loss) {
        String id = machine();
        String old = owner.instance(id).path("expires_at").textValue();
        running.provider().inject(new Fault.ChangeLost(loss));

        Answer answer = resize(id);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        assertThat(answer.body().path("success").booleanValue()).isFalse();
        assertThat(owner.instance(id).path("expires_at").textValue()).isEqualTo(old);
        minutes(2);
        JsonNode seen = owner.instance(id);
        assertThat(seen.at("/operation/status").textValue()).isEqualTo("done");
        assertThat(seen.path("plan").textValue()).isEqualTo(MachineRequest.LARGER_PLAN);
        assertThat(seen.path("expires_at")).isEqualTo(answer.body().path("new_expires_at"));
    }

    @Test
    void aResizeThatNeverHappenedChangesNothing() {
        String id = machine();
        JsonNode before = owner.instance(id);
        running.provider().inject(new Fault.ChangeRefused(500, "Internal server error."));
        assertThat(resize(id).status()).isEqualTo(202);

        running.advance(Duration.ofMinutes(40));

        JsonNode after = owner.instance(id);
        assertThat(after.at("/operation/reason").textValue()).isEqualTo("not_carried_out");
        assertThat(after.path("expires_at")).isEqualTo(before.path("expires_at"));
        assertThat(after.path("plan").textValue()).isEqualTo(MachineRequest.PLAN);
        assertThat(running.provider().requests()).filteredOn(request -> request.method().equals("PATCH")
                && request.path().contains(providerId(id))).hasSize(1);
    }

    @Test
    void aRefusedResizeChangesNothing() {
        String id = machine();
        JsonNode before = owner.instance(id);
        running.provider().inject(new Fault.ChangeRefused(400, "Invalid plan chosen."));

        Answer refused = resize(id);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").textValue()).isEqualTo("resize_not_possible");
        assertThat(owner.instance(id).path("expires_at")).isEqualTo(before.path("expires_at"));
        assertThat(resize(id).status()).as("the next one").isEqualTo(200);
    }

    @Test
    void aDestructionComesBeforeAResizeThatIsUnderWay() {
        String id = machine();
        running.provider().inject(new Fault.ChangeLost(Fault.Loss.CONNECTION_CUT));
        assertThat(resize(id).status()).isEqualTo(202);

        assertThat(owner.signed("DELETE", MachineRequest.instance(id)).status()).isEqualTo(200);
        minutes(4);

        JsonNode gone = owner.instance(id);
        assertThat(gone.path("status").textValue()).isEqualTo("destroyed");
        assertThat(gone.path("provider_released").booleanValue()).isTrue();
        assertThat(gone.at("/operation/reason").textValue()).isEqualTo("instance_ended");
        assertThat(provider(id).live()).isFalse();
    }

    @Test
    void whatIsLeftHasToBuyAnHour() {
        String id = machine();
        Instant end = Instant.parse(owner.instance(id).path("expires_at").textValue());
        running.advanceTo(end.minus(Duration.ofMinutes(119)));

        assertRefused(resize(id), "too_little_time");
        assertThat(provider(id).plan()).isEqualTo(MachineRequest.PLAN);
    }

    private String machine() {
        String id = owner.machine();
        running.awaitBoot();
        owner.instance(id);
        return id;
    }

    /** Each with its sweeps. */
    private static void minutes(int count) {
        for (int minute = 0; minute < count; minute++) {
            running.advance(MINUTE);
        }
    }

    private Answer ask(String id, String verb) {
        return owner.signed("POST", MachineRequest.operation(id, verb));
    }

    private Answer resize(String id) {
        return owner.signed(MachineRequest.operation(id, "resize"), MachineRequest.resize());
    }

    private BigDecimal credit() {
        return new BigDecimal(owner.signed("GET", "/compute/credits/balance").body().path("balance").asText());
    }

    private static SimulatedMachine provider(String id) {
        Optional<SimulatedMachine> machine = running.provider().machines().stream()
                .filter(made -> made.tags().contains("op-" + id)).findFirst();
        return machine.orElseThrow();
    }

    private static String providerId(String id) {
        return provider(id).id();
    }

    private static long asked(String id, String verb) {
        String path = "/instances/" + providerId(id) + "/" + verb;
        return running.provider().requests().stream().filter(request -> request.path().equals(path)).count();
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(409);
        assertThat(answer.body().path("code").textValue()).isEqualTo(code);
    }
}
