package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.instance.AnnouncedExtension;
import io.x402compute.instance.AutoExtender;
import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.instance.LeaseExtensions;
import io.x402compute.instance.Machine;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.VultrMachines;
import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.LoggedRequest;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.vultr.Pace;
import io.x402compute.vultr.VultrClient;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** The provider answers nobody for a day, and 500 leases end in it. */
class ProviderOutageTest {
    private static final int MACHINES = 500;
    private static final int PER_SECOND = 10;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration RUN = Duration.ofSeconds(55);
    private static final MachineSpec SPEC = new MachineSpec(MachineRequest.PLAN, MachineRequest.REGION, 2284, "",
            Optional.empty(), Optional.of("ssh-ed25519 AAAA"), Optional.empty());
    private static final Wallet OWNER = new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    private final PacedClock clock = new PacedClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstancesInMemory instances = new InstancesInMemory();
    private ProviderSimulator provider;
    private ExpirySweep sweep;

    @BeforeEach
    void rentMachines() {
        provider = ProviderSimulator.start(0, clock);
        VultrClient client = new VultrClient(provider.baseUrl().resolve("/v2"), () -> ProviderSimulator.API_KEY,
                new Pace(clock));
        MachineProvider machines = new VultrMachines(client, "outage", clock);
        InstanceTerminator terminator = new InstanceTerminator(instances, machines, (_, _, _) -> {
            throw new AssertionError("an expired lease has nothing left");
        }, clock);
        sweep = new ExpirySweep(instances, terminator, new MachineOperations(instances, machines, clock),
                new AutoExtender(instances, new NobodyExtends(), UUID::randomUUID, clock), _ -> true, clock, 8);
        Instant firstOrdered = clock.instant().minus(A_DAY);
        for (int machine = 0; machine < MACHINES; machine++) {
            rent(firstOrdered.plus(A_DAY.dividedBy(MACHINES).multipliedBy(machine)));
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void allAreGoneWithinAnHourOfItsReturnDeletionsBeforeLooks() {
        provider.inject(new Fault.Outage());
        for (int tenMinutes = 0; tenMinutes <= A_DAY.toMinutes() / 10; tenMinutes++) {
            sweep(Duration.ofMinutes(10));
        }
        assertThat(instances.all()).as("their ends were decided all the same")
                .allMatch(instance -> instance.outcome() == InstanceState.EXPIRED);
        assertThat(provider.liveMachines()).hasSize(MACHINES);

        provider.heal();
        int before = provider.requests().size();
        Instant back = clock.instant();
        while (!instances.all().stream().allMatch(instance -> instance.state().isFinal())) {
            sweep(Duration.ofMinutes(1));
            assertThat(Duration.between(back, clock.instant())).isLessThan(Duration.ofHours(1));
        }

        assertThat(provider.liveMachines()).isEmpty();
        List<LoggedRequest> log = provider.requests();
        List<String> asked = log.subList(before, log.size()).stream().map(LoggedRequest::method).toList();
        assertThat(asked.subList(0, MACHINES)).as("first every deletion").containsOnly("DELETE");
        assertThat(asked.subList(MACHINES, asked.size())).as("then two looks at each").containsOnly("GET")
                .hasSize(2 * MACHINES);
    }

    /** At no time more than the pace allows, its burst included. */
    private void sweep(Duration every) {
        Instant start = clock.instant();
        int before = provider.requests().size();
        sweep.sweep(start.plus(RUN));
        Duration took = Duration.between(start, clock.instant());
        assertThat(took).isLessThan(RUN);
        assertThat(provider.requests().size() - before)
                .isLessThanOrEqualTo(PER_SECOND + (int) (took.toMillis() * PER_SECOND / 1000) + 1);
        clock.advanceTo(start.plus(every));
    }

    private void rent(Instant ordered) {
        InstanceId id = new InstanceId(UUID.randomUUID());
        PaidSegment day = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800));
        Instance fresh = Instance.ordered(id, OWNER, SPEC, day, ordered);
        SimulatedMachine made = provider.addMachine(fresh.operationId(),
                List.of(VultrMachines.tag("outage"), fresh.operationId()), Duration.ofHours(1));
        Machine machine = new Machine(made.id(), ordered, true, "192.0.2.7", "", "ok", "Ubuntu", 2, 8192, 50,
                SPEC.plan(),
                "running");
        instances.insert(fresh.sending(ordered, ordered).created(machine).up(machine, ordered).published());
    }

    private static final class NobodyExtends implements LeaseExtensions {
        @Override
        public Offer offer(Instance instance, int hours) {
            throw new AssertionError("nobody wants that");
        }

        @Override
        public Progress order(Instance instance, AnnouncedExtension extension) {
            throw new AssertionError("nobody wants that");
        }
    }
}
