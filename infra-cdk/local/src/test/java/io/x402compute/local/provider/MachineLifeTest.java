package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.HandClock;
import io.x402compute.vultr.Delete;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrInstance;

class MachineLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Provider provider = new Provider();
    private final HandClock clock = provider.clock;

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({Provider.VPS + ", 46, 73", Provider.GPU + ", 80, 100"})
    void aMachineBootsInItsTimeAndThenKeepsItsAddress(String plan, int earliest, int latest) {
        String id = provider.create(plan, "op-1").id();
        List<String> states = new ArrayList<>();
        int seconds = 0;
        while (!states.contains("active running ok")) {
            clock.advance(SECOND);
            seconds++;
            VultrInstance seen = provider.see(id);
            String state = seen.status() + " " + seen.powerStatus() + " " + seen.serverStatus();
            if (!states.contains(state)) {
                states.add(state);
            }
            assertThat(seen.address().isPresent()).isEqualTo(seen.status().equals("active"));
            assertThat(seen.ready()).isEqualTo(seen.serverStatus().equals("ok"));
        }
        assertThat(states).containsExactly("pending running none", "active running locked",
                "active running installingbooting", "active running ok");
        assertThat(seconds).isBetween(earliest, latest);

        VultrInstance ready = provider.see(id);
        clock.advance(Duration.ofDays(30));
        assertThat(provider.see(id)).isEqualTo(ready);
    }

    @Test
    void aFreshMachineIsMissingForAMoment() throws VultrException {
        String id = provider.create(Provider.GPU, "op-1").id();

        assertThat(provider.client.instance(id)).isEqualTo(new Lookup.Missing<>());
        assertThat(provider.client.findByOperation("op-1")).isEmpty();

        clock.advance(SECOND);
        assertThat(provider.see(id).id()).isEqualTo(id);
        assertThat(provider.client.findByOperation("op-1")).extracting(VultrInstance::id).containsExactly(id);
    }

    @Test
    void theMomentCanLast() {
        provider.simulator.setLag(Duration.ofSeconds(30), SECOND);
        String id = provider.create(Provider.GPU, "op-1").id();

        clock.advance(Duration.ofSeconds(29));
        assertThat(provider.client.instance(id)).isEqualTo(new Lookup.Missing<>());
        clock.advance(SECOND);
        assertThat(provider.client.instance(id)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aMachineIsDestroyedOnceItIsUp() {
        String id = provider.create(Provider.GPU, "op-1").id();
        clock.advance(SECOND);
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Busy(
                "Unable to destroy server: This subscription is not currently active, you cannot destroy it."));

        while (!provider.see(id).serverStatus().equals("locked")) {
            clock.advance(SECOND);
        }
        assertThat(provider.client.deleteInstance(id)).isEqualTo(
                new Delete.Busy("Unable to destroy server: Unable to remove VM: Server is currently locked"));

        clock.advance(Duration.ofSeconds(5));
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Accepted());
        assertThat(provider.client.instance(id)).isEqualTo(new Lookup.Missing<>());
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Gone());
        assertThat(provider.simulator.liveMachines()).isEmpty();
    }

    @Test
    void aMachineHasNoAddressThenAnEmptyOneThenItsOwn() {
        String id = provider.create(Provider.GPU, "op-1").id();
        List<String> addresses = new ArrayList<>();
        for (int second = 1; second <= 60; second++) {
            clock.advance(SECOND);
            String address = provider.see(id).mainIp();
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        }

        assertThat(addresses).containsExactly("0.0.0.0", "", "198.18.0.3");
    }

    @Test
    void aDestroyedMachineCanShowForAWhile() {
        String id = provider.create(Provider.GPU, "op-1").id();
        clock.advance(Duration.ofMinutes(5));
        provider.simulator.setDestructionLag(Duration.ofSeconds(40));

        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Accepted());
        assertThat(provider.client.instance(id)).isInstanceOf(Lookup.Found.class);
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Gone());
        assertThat(provider.simulator.liveMachines()).isEmpty();

        clock.advance(Duration.ofSeconds(40));
        assertThat(provider.client.instance(id)).isEqualTo(new Lookup.Missing<>());
    }

    @ParameterizedTest
    @CsvSource({"pending, false", "suspended, true", "installing, true"})
    void aMachineStaysInTheStateItIsHeldIn(String status, boolean destructible) {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.simulator.hold(id, HeldState.status(status));

        clock.advance(Duration.ofDays(1));

        assertThat(provider.see(id).status()).isEqualTo(status);
        assertThat(provider.see(id).ready()).isFalse();
        assertThat(provider.client.deleteInstance(id) instanceof Delete.Accepted).isEqualTo(destructible);
    }

    @Test
    void aHeldMachineIsItselfAgainWhenItIsReleased() {
        String id = provider.create(Provider.GPU, "op-1").id();
        provider.simulator.hold(id, HeldState.serverStatus("installingbooting"));
        clock.advance(Duration.ofHours(1));
        assertThat(provider.see(id).ready()).isFalse();

        provider.simulator.hold(id, HeldState.NONE);

        assertThat(provider.see(id).ready()).isTrue();
    }

    @Test
    void machinesAreFoundByTagInAnyCaseAndByWholeLabel() throws VultrException {
        provider.create(Provider.GPU, "op-1");
        provider.create(Provider.GPU, "op-10");
        clock.advance(SECOND);

        assertThat(provider.client.instancesTagged("OP-1")).extracting(VultrInstance::label).containsExactly("op-1");
        assertThat(provider.client.instancesTagged("SHOP:ONE")).hasSize(2);
        assertThat(provider.client.instancesLabelled("op-1")).hasSize(1);
        assertThat(provider.client.instancesLabelled("OP-1")).isEmpty();
    }

    @Test
    void severalMachinesOfOneOperationComeOldestFirst() throws VultrException {
        String first = provider.create(Provider.GPU, "op-1").id();
        clock.advance(SECOND);
        String second = provider.create(Provider.VPS, "op-1").id();
        clock.advance(SECOND);

        assertThat(provider.client.findByOperation("op-1")).extracting(VultrInstance::id)
                .containsExactly(first, second);
    }

    @Test
    void everyPageOfMachinesIsRead() throws VultrException {
        for (int i = 0; i < 501; i++) {
            provider.create(Provider.VPS, "op-" + i);
        }
        clock.advance(SECOND);

        assertThat(provider.client.allInstances()).hasSize(501).extracting(VultrInstance::id).doesNotHaveDuplicates();
    }

    @Test
    void everyStartedHourIsOnTheBillUntilDestroyed() {
        String gpu = provider.create(Provider.GPU, "op-1").id();
        assertThat(provider.simulator.bill()).isEqualByComparingTo("0.059");

        clock.advance(Duration.ofMinutes(61));
        assertThat(provider.simulator.bill()).isEqualByComparingTo("0.118");

        provider.client.deleteInstance(gpu);
        clock.advance(Duration.ofDays(1));
        assertThat(provider.simulator.bill()).isEqualByComparingTo("0.118");
    }

    @Test
    void machinesInvoicedByTheMonthCostMoreThanTheirListedHour() {
        provider.create(Provider.VPS, "op-1");
        clock.advance(Duration.ofDays(28));

        assertThat(provider.simulator.bill()).isBetween(new BigDecimal("5"), new BigDecimal("5.001"));
    }
}
