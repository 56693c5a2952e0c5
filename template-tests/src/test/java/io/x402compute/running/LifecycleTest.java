package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.aws.PublishedEvent;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.x402.protocol.PaymentPayload;

/** From the sale of a machine to the moment when its provider has it no more, and who may do what in between. */
class LifecycleTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ENOUGH_MINUTES = 10;

    private final Agent owner = running.agent(1);
    private final Agent stranger = running.agent(2);

    @Test
    void aMachinePastItsExpiryIsGoneWithinTwoMinutes() {
        String id = bootedMachine();
        Instant expiry = expiry(id);
        running.advanceTo(expiry.minus(Duration.ofSeconds(30)));
        assertThat(machine(id).live()).isTrue();

        // By the schedules of the template.
        running.cloud().advance(MINUTE);
        running.cloud().advance(MINUTE);

        assertThat(machine(id).destroyedAt()).hasValueSatisfying(
                at -> assertThat(at).isBetween(expiry, expiry.plus(Duration.ofMinutes(2))));
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("expired");
    }

    @Test
    void aMachineExtendedInTimeLivesOnAndGoesLater() {
        String id = bootedMachine();
        Instant firstExpiry = expiry(id);
        running.advanceTo(firstExpiry.minus(MINUTE));

        Answer extended = Answer.of(owner.buy(MachineRequest.extend(id), hours(48)).response());

        Instant expiry = firstExpiry.plus(Duration.ofDays(2));
        assertThat(extended.status()).isEqualTo(200);
        assertThat(expiry(id)).isEqualTo(expiry);
        running.advanceTo(firstExpiry.plus(Duration.ofMinutes(6)));
        assertThat(machine(id).live()).isTrue();
        running.advanceTo(expiry.plus(Duration.ofMinutes(2)));
        assertThat(machine(id).live()).isFalse();
    }

    @Test
    void anEmptyObjectAndAPaymentBuyOneMoreDay() {
        String id = owner.machine();
        Instant expiry = expiry(id);
        PaymentPayload payment = owner.sign(owner.quote(MachineRequest.extend(id), Json.object()));
        World before = running.world();

        Answer answer = owner.pay(MachineRequest.extend(id), Json.object(), payment);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(answer.order().path("expires_at").textValue()).isEqualTo(expiry(id).toString());
        assertThat(expiry(id)).isEqualTo(expiry.plus(Duration.ofDays(1)));
        assertThat(running.world().balances().getFirst()).isEqualTo(before.balances().getFirst() + PRICE_MICROS);
    }

    @Test
    void destroyedWhileItBootsItGoesAsSoonAsTheProviderLetsIt() {
        String id = owner.machine();

        Answer answer = owner.signed("DELETE", MachineRequest.instance(id));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("destroyed");
        assertThat(owner.instance(id).path("provider_released").booleanValue()).isFalse();
        assertThat(machine(id).live()).isTrue();
        JsonNode released = untilReleased(id);
        assertThat(released.path("status").textValue()).isEqualTo("destroyed");
        assertThat(machine(id).live()).isFalse();
    }

    @Test
    void whatIsGoneCannotBeExtended() {
        String id = owner.machine();
        owner.signed("DELETE", MachineRequest.instance(id));
        World before = running.world();

        Answer answer = owner.post(MachineRequest.extend(id), Json.object(), Map.of());

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body().path("code").textValue()).isEqualTo("instance_gone");
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void strangersLearnNoMoreThanThatThereIsNothing() {
        String id = owner.machine();
        PaymentPayload payment = stranger.sign(stranger.quote(MachineRequest.extend(id), Json.object()));
        World before = running.world();

        List<Answer> answers = List.of(
                stranger.signed("GET", MachineRequest.instance(id)),
                stranger.signed("DELETE", MachineRequest.instance(id)),
                stranger.signed("POST", MachineRequest.extend(id)),
                stranger.pay(MachineRequest.extend(id), Json.object(), payment));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().path("code").textValue()).isEqualTo("not_found");
        });
        assertThat(stranger.signed("GET", "/compute/instances").body().findValuesAsText("id")).doesNotContain(id);
        assertThat(running.world()).isEqualTo(before);
    }

    @Test
    void credentialsOfOneWalletAndPaymentOfAnotherClaimNothing() {
        ObjectNode body = MachineRequest.body();
        String id = owner.machine();
        PaymentPayload forMachine = owner.sign(owner.quote(PROVISION, body));
        PaymentPayload forTime = owner.sign(owner.quote(MachineRequest.extend(id), body));
        World before = running.world();

        assertPayerMismatch(payWithCredentialsOfAnother(PROVISION, body, forMachine));
        assertPayerMismatch(payWithCredentialsOfAnother(MachineRequest.extend(id), body, forTime));

        assertThat(running.world()).isEqualTo(before);
        assertThat(owner.pay(PROVISION, body, forMachine).status()).isEqualTo(201);
    }

    @Test
    void everyStepIsPublishedOnce() {
        String expired = bootedMachine();
        owner.buy(MachineRequest.extend(expired), hours(24));
        running.advanceTo(expiry(expired).plus(MINUTE));
        String destroyed = bootedMachine();
        owner.signed("DELETE", MachineRequest.instance(destroyed));
        running.advance(MINUTE);

        assertThat(published(expired)).containsExactlyInAnyOrder("PaymentSettled", "InstanceProvisioned",
                "PaymentSettled", "InstanceExtended", "InstanceExpired");
        assertThat(published(destroyed)).containsExactlyInAnyOrder("PaymentSettled", "InstanceProvisioned",
                "InstanceDestroyed");
        EventSchemas.assertHeld(running.cloud().events());
    }

    private String bootedMachine() {
        String id = owner.machine();
        running.awaitBoot();
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("active");
        return id;
    }

    private Instant expiry(String id) {
        return Instant.parse(owner.instance(id).path("expires_at").textValue());
    }

    private JsonNode untilReleased(String id) {
        for (int minute = 0; minute < ENOUGH_MINUTES; minute++) {
            JsonNode instance = owner.instance(id);
            if (instance.path("provider_released").booleanValue()) {
                return instance;
            }
            running.advance(MINUTE);
        }
        throw new AssertionError("still not released after " + ENOUGH_MINUTES + " minutes");
    }

    private Answer payWithCredentialsOfAnother(String path, ObjectNode body, PaymentPayload payment) {
        Map<String, String> headers = new TreeMap<>(stranger.credentials().sign("POST", path,
                WalletHeaders.bytes(Json.write(body)), running.now()));
        headers.put(payment.headerName(), payment.headerText());
        return stranger.post(path, body, headers);
    }

    private static void assertPayerMismatch(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("code").textValue()).isEqualTo("payer_mismatch");
    }

    private static ObjectNode hours(int hours) {
        return Json.object().put("extend_hours", hours);
    }

    private static SimulatedMachine machine(String id) {
        return running.provider().machines().stream().filter(machine -> machine.tags().contains("op-" + id)).findFirst()
                .orElseThrow();
    }

    /** The types of all events about that instance, without repeated publications. */
    private static List<String> published(String instance) {
        return running.cloud().events().stream()
                .filter(event -> event.detail().path("instance_id").asText().equals(instance)
                        || event.detail().path("subject_id").asText().equals(instance))
                .collect(TreeMap<String, PublishedEvent>::new,
                        (byId, event) -> byId.put(event.detail().path("id").asText(), event), TreeMap::putAll)
                .values().stream().map(PublishedEvent::detailType).toList();
    }
}
