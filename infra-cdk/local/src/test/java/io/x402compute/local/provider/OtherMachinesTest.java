package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrInstance;

/** Machines that somebody else made in the same account, and those that are bare metal. */
class OtherMachinesTest {
    private static final String METAL = """
            {"region": "ewr", "plan": "vbm-4c-32gb", "os_id": 2284, "label": "op", "tags": ["op"]}
            """;

    private final Provider provider = new Provider();
    private final RawApi api = new RawApi(provider.simulator);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aMachineOfSomebodyElseIsListedWithItsAgeAndTags() throws VultrException {
        SimulatedMachine added = provider.simulator.addMachine("theirs", List.of("X402compute:One"),
                Duration.ofHours(3));

        VultrInstance seen = provider.client.instancesTagged("x402compute:one").getFirst();

        assertThat(seen.id()).isEqualTo(added.id());
        assertThat(seen.tags()).containsExactly("X402compute:One");
        assertThat(seen.created()).contains(provider.clock.instant().minus(Duration.ofHours(3)));
        assertThat(seen.ready()).isTrue();
        assertThat(provider.simulator.liveMachines()).extracting(SimulatedMachine::kind)
                .containsExactly(MachineKind.INSTANCE);
    }

    @Test
    void bareMetalComesSlowlyAndIsListedApart() {
        JsonNode made = api.send("POST", "/bare-metals", METAL).body().path("bare_metal");
        String path = "/bare-metals/" + made.path("id").asText();
        assertThat(made.path("main_ip").textValue()).isEmpty();
        assertThat(made.path("ram").textValue()).isEqualTo("32768 MB");
        assertThat(made.path("disk").textValue()).isEqualTo("2x 240GB SSD");
        assertThat(made.has("power_status")).isFalse();
        assertThat(made.path("default_password").textValue()).isNotEmpty();

        provider.clock.advance(Duration.ofMinutes(9));
        assertThat(api.send("DELETE", path, "").status()).isEqualTo(500);

        provider.clock.advance(Duration.ofMinutes(21));
        JsonNode shown = api.send("GET", path, "").body().path("bare_metal");
        assertThat(shown.path("status").textValue()).isEqualTo("active");
        assertThat(shown.path("main_ip").textValue()).startsWith("198.18.");
        assertThat(shown.has("default_password")).isFalse();
        assertThat(api.send("GET", "/bare-metals?tag=other", "").body().path("bare_metals")).hasSize(1);
        assertThat(api.send("GET", "/instances", "").body().path("instances")).isEmpty();
        assertThat(api.send("GET", path.replace("bare-metals", "instances"), "").status()).isEqualTo(404);

        assertThat(api.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(api.send("GET", path, "").status()).isEqualTo(404);
        assertThat(provider.simulator.liveMachines()).isEmpty();
    }

    @Test
    void bareMetalOfSomebodyElseIsThereAtOnce() {
        SimulatedMachine added = provider.simulator.addBareMetal("theirs", List.of("a"), Duration.ofDays(1));

        assertThat(added.kind()).isEqualTo(MachineKind.BARE_METAL);
        assertThat(api.send("GET", "/bare-metals", "").body().path("bare_metals").findValuesAsText("id"))
                .containsExactly(added.id());
        assertThat(api.send("DELETE", "/bare-metals/" + added.id(), "").status()).isEqualTo(204);
        assertThat(api.send("DELETE", "/bare-metals/" + added.id(), "").status()).isEqualTo(404);
    }

    @Test
    void aPlanOfTheOtherKindIsRefused() {
        assertThat(api.send("POST", "/bare-metals", METAL.replace("vbm-4c-32gb", "vc2-1c-1gb")).body().path("error")
                .textValue()).isEqualTo("Invalid plan chosen.");
    }
}
