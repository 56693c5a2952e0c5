package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** Leases that get longer from credit while their owners are asleep. */
class AutoExtendTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final BigDecimal DAY = BigDecimal.valueOf(PRICE_MICROS, 6);

    private final Agent owner = running.agent(4);

    @Test
    void aLeaseIsExtendedFromCreditAfterItsOwnerWasToldAndEndsAtTheCeiling() {
        topUp();
        String id = machine();
        Instant end = expiry(id);
        BigDecimal credit = credit();
        long money = owner.balance();

        JsonNode set = set(id, MachineRequest.autoExtend().put("max_total", "3.00")).order().path("auto_extend");
        assertThat(set).isEqualTo(Json.readOwn("""
                {"enabled":true,"extend_hours":24,"max_total":3,"spent":0}"""));

        running.advanceTo(end.minus(Duration.ofMinutes(59)));
        Instant at = end.minus(Duration.ofMinutes(30));
        assertThat(events(id, "InstanceAutoExtending")).singleElement().satisfies(told -> {
            assertThat(told.path("amount_micro_usdc").longValue()).isEqualTo(PRICE_MICROS);
            assertThat(told.path("spends_at").textValue()).isEqualTo(at.toString());
        });
        assertThat(wish(id).at("/next/at").textValue()).isEqualTo(at.toString());
        assertThat(wish(id).at("/next/amount").decimalValue()).isEqualByComparingTo(DAY);
        running.advanceTo(at.minusSeconds(1));
        assertThat(credit()).as("announced, and not spent").isEqualByComparingTo(credit);
        assertThat(expiry(id)).isEqualTo(end);

        minutes(3);

        Instant later = end.plus(Duration.ofHours(24));
        assertThat(expiry(id)).isEqualTo(later);
        assertThat(credit()).isEqualByComparingTo(credit.subtract(DAY));
        assertThat(owner.balance()).as("nothing moved on the chain").isEqualTo(money);
        assertThat(wish(id).path("spent").decimalValue()).isEqualByComparingTo(DAY);
        assertThat(wish(id).has("next")).isFalse();
        String order = events(id, "InstanceExtended").getFirst().path("order_id").textValue();
        assertThat(owner.signed("GET", "/compute/orders/" + order).status()).isEqualTo(200);

        running.advanceTo(later.minus(Duration.ofMinutes(59)));
        assertThat(events(id, "AutoExtendFailed")).singleElement()
                .satisfies(failed -> assertThat(failed.path("reason").textValue()).isEqualTo("ceiling_reached"));
        assertThat(wish(id).path("failure").textValue()).isEqualTo("ceiling_reached");
        running.advanceTo(later.plus(MINUTE));
        minutes(2);
        assertThat(owner.instance(id).path("status").textValue()).isEqualTo("expired");
        assertThat(credit()).isEqualByComparingTo(credit.subtract(DAY));
        assertThat(events(id, "InstanceAutoExtending")).hasSize(1);
    }

    @Test
    void whoIsToldCanStillPreventIt() {
        topUp();
        String id = machine();
        Instant end = expiry(id);
        set(id, MachineRequest.autoExtend());
        running.advanceTo(end.minus(Duration.ofMinutes(40)));
        assertThat(events(id, "InstanceAutoExtending")).hasSize(1);
        BigDecimal credit = credit();

        JsonNode off = set(id, Json.object().put("enabled", false)).order().path("auto_extend");
        assertThat(off.path("enabled").booleanValue()).isFalse();
        assertThat(off.has("next")).isFalse();
        running.advanceTo(end.minus(Duration.ofMinutes(25)));
        minutes(2);

        assertThat(credit()).isEqualByComparingTo(credit);
        assertThat(expiry(id)).isEqualTo(end);
    }

    @Test
    void theSameNameSetsItOnceAndAKeyWillDo() {
        String id = machine();
        String key = UsedSecrets.rememberUnkept(
                owner.signed("POST", "/compute/api-keys").body().path("api_key").textValue());
        String path = MachineRequest.operation(id, "auto-extend");
        Map<String, String> named = Map.of("X-API-Key", key, "Idempotency-Key", UUID.randomUUID().toString());
        Answer first = owner.post(path, MachineRequest.autoExtend(), named);
        set(id, Json.object().put("enabled", false));

        Answer again = owner.post(path, MachineRequest.autoExtend(), named);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isPresent();
        assertThat(wish(id).path("enabled").booleanValue()).isFalse();
        assertThat(owner.post(path, MachineRequest.autoExtend().put("extend_hours", 48), named).status())
                .isEqualTo(409);
    }

    private String machine() {
        String id = owner.machine();
        running.awaitBoot();
        owner.instance(id);
        return id;
    }

    private void topUp() {
        Answer paid = Answer.of(owner.buy("/compute/credits/topup", Json.object().put("amount", 10)).response());
        assertThat(paid.status()).as("%s", paid.body()).isEqualTo(200);
    }

    private Answer set(String id, ObjectNode body) {
        Answer answer = owner.signed(MachineRequest.operation(id, "auto-extend"), body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private static void minutes(int count) {
        for (int minute = 0; minute < count; minute++) {
            running.advance(MINUTE);
        }
    }

    private JsonNode wish(String id) {
        return owner.instance(id).path("auto_extend");
    }

    private Instant expiry(String id) {
        return Instant.parse(owner.instance(id).path("expires_at").textValue());
    }

    private BigDecimal credit() {
        return new BigDecimal(owner.signed("GET", "/compute/credits/balance").body().path("balance").asText());
    }

    private static List<JsonNode> events(String id, String type) {
        return running.cloud().events().stream()
                .filter(event -> event.detailType().equals(type)
                        && event.detail().path("instance_id").textValue().equals(id))
                .<JsonNode>map(event -> event.detail()).distinct().toList();
    }
}
