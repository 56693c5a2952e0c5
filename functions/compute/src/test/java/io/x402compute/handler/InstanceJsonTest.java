package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.x402.protocol.Usdc;

class InstanceJsonTest {

    @Test
    void activeInstanceHasEveryFieldUnderEveryNameThatClientsRead() {
        Instance active = Rentals.in(InstanceState.ACTIVE);

        assertThat(parsed(Json.write(InstanceJson.of(active)))).isEqualTo(parsed("""
                {"id": "%s", "status": "active", "vultr_status": "active", "label": "test",
                 "plan": "vcg-a16-2c-8g-2vram", "vultr_plan": "vcg-a16-2c-8g-2vram",
                 "provider_plan_id": "vcg-a16-2c-8g-2vram", "region": "ewr", "vultr_region": "ewr", "os_id": 2284,
                 "provider": "vultr", "user_wallet": "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                 "access_method": "ssh_key",
                 "created_at": "2026-11-21T12:00:00Z", "expires_at": "2026-11-22T12:00:00Z",
                 "destroys_at": "2026-11-22T12:00:00Z", "prepaid_hours": 24,
                 "payment_amount": 1.6992, "ip_address": "192.0.2.123", "power_status": "running",
                 "vultr_instance_id": "cb676a46-66fd-4dfb-b839-443f2e6c0b60",
                 "provider_instance_id": "cb676a46-66fd-4dfb-b839-443f2e6c0b60", "vultr_server_status": "ok",
                 "vultr_v6_main_ip": "2001:db8:1000::100", "os": "Ubuntu 24.04 LTS x64",
                 "vultr_os": "Ubuntu 24.04 LTS x64", "vultr_vcpu_count": 2, "vultr_ram": 8192, "vultr_disk": 50}"""
                .formatted(active.id())));
    }

    @Test
    void whatIsNotKnownYetIsAbsentAndTheAddressIsZero() {
        ObjectNode json = InstanceJson.of(Rentals.in(InstanceState.PROVISIONING));

        assertThat(json.get("ip_address").textValue()).isEqualTo("0.0.0.0");
        assertThat(json.fieldNames()).toIterable().doesNotContain("os", "vultr_instance_id", "destroyed_at");
    }

    @ParameterizedTest
    @EnumSource
    void noClientMeetsANullOrAPassword(InstanceState state) {
        ObjectNode json = InstanceJson.of(Rentals.in(state));

        assertThat(json.elements()).toIterable().noneMatch(value -> value.isNull());
        assertThat(List.of("label", "ip_address", "status")).allMatch(name -> json.get(name).isTextual());
        assertThat(json.get("payment_amount").isNumber()).isTrue();
        assertThat(json.fieldNames()).toIterable()
                .noneMatch(name -> name.matches("(?i).*(pass|secret|token|credential|private).*"))
                .doesNotContain("error", "detail");
    }

    @ParameterizedTest
    @CsvSource({"PROVISIONING, provisioning", "ACTIVE, active", "TERMINATING, destroyed", "DESTROYED, destroyed",
        "EXPIRED, expired", "FAILED, failed"})
    void endThatWasDecidedIsShownAsItsOutcome(InstanceState state, String status) {
        ObjectNode json = InstanceJson.of(Rentals.in(state));

        assertThat(json.get("status").textValue()).isEqualTo(status);
        assertThat(json.get("vultr_status").textValue()).isEqualTo(status);
    }

    @Test
    void endedInstanceSaysWhenAndWhyAndWhetherTheProviderLetGo() {
        ObjectNode ending = InstanceJson.of(Rentals.in(InstanceState.TERMINATING));
        ObjectNode gone = InstanceJson.of(Rentals.in(InstanceState.DESTROYED));

        assertThat(ending.get("destroyed_at").textValue()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(ending.get("end_reason").textValue()).isEqualTo("owner_request");
        assertThat(ending.get("provider_released").booleanValue()).isFalse();
        assertThat(gone.get("provider_released").booleanValue()).isTrue();
    }

    @Test
    void extensionsAddUp() {
        PaidSegment more = PaidSegment.ofHours(UUID.randomUUID().toString(), 48, new Usdc(100_000));
        ObjectNode json = InstanceJson.of(Rentals.in(InstanceState.ACTIVE).extended(more, Rentals.NOW));

        assertThat(json.get("prepaid_hours").intValue()).isEqualTo(72);
        assertThat(json.get("payment_amount").decimalValue()).isEqualByComparingTo("6.4992");
        assertThat(json.get("expires_at").textValue()).isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void automaticExtensionSaysWhatItMayCostAndWhatComesNext() {
        assertThat(parsed(Json.write(InstanceJson.of(Rentals.autoExtending()))).get("auto_extend")).isEqualTo(parsed("""
                {"enabled": true, "extend_hours": 24, "max_total": 3.5, "spent": 0,
                 "next": {"at": "2026-11-22T11:30:00Z", "amount": 1.6992}}"""));
        assertThat(parsed(Json.write(InstanceJson.of(Rentals.autoExtendFailed()))).get("auto_extend"))
                .isEqualTo(parsed("""
                        {"enabled": true, "extend_hours": 24, "max_total": 3.5, "spent": 0,
                         "failure": "ceiling_reached"}"""));
        assertThat(InstanceJson.of(Rentals.autoExtending().terminating(InstanceState.DESTROYED, "owner_request",
                Rentals.NOW)).get("auto_extend").has("next")).isFalse();
    }

    /** Clients print it and parse it: no exponent, no quotes, no idle zeros. */
    @ParameterizedTest
    @CsvSource({"1, 0.000001", "1500000, 1.5", "240000000, 240", "9007199254740993, 9007199254.740993"})
    void amountIsAPlainNumber(long micros, String text) {
        ObjectNode json = InstanceJson.of(Rentals.in(InstanceState.ACTIVE), new Usdc(micros), "active");

        assertThat(Json.write(json)).contains("\"payment_amount\":" + text + ",");
    }

    @Test
    void machineWithoutAKeySaysThatItIsEnteredByPassword() {
        MachineSpec spec = new MachineSpec("vc2-1c-1gb", "ewr", 2284, "x", Optional.of("box"), Optional.empty(),
                Optional.of("#cloud-config\npassword: hunter2\n"));
        PaidSegment day = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(1));
        ObjectNode json = InstanceJson.of(
                Instance.ordered(new InstanceId(UUID.randomUUID()), Rentals.OWNER, spec, day, Rentals.NOW));

        assertThat(json.get("access_method").textValue()).isEqualTo("one_time_password_fallback");
        assertThat(json.get("hostname").textValue()).isEqualTo("box");
        assertThat(Json.write(json)).doesNotContain("hunter2");
    }

    /** Numbers that were read have other Java types than numbers that were put. */
    private static ObjectNode parsed(String json) {
        return (ObjectNode) Json.readOwn(json);
    }
}
