package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.event.DomainEvent;
import io.x402compute.event.EventPublisher;
import io.x402compute.http.ManualClock;
import io.x402compute.order.Crashes;

/**
 * Many short lives of an account, each from a seed: machines come about with rows, without, twice, and as other people's; rows end;
 * lists and deletions fail; and functions die at any call, before or after it took effect. Whatever happens, nothing is destroyed
 * that a row allows or that is not ours, nothing on one look, and in the end nothing is left that should not be there.
 */
class ReconciliationHistoriesTest {
    private static final String TAG = VultrMachines.tag(FakeProvider.DEPLOYMENT);
    private static final int STEPS = 40;
    private static final double CRASHES = 0.05;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("reconciliation.histories", 1_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void inTheEndTheProviderHasWhatTheRowsAllowAndNothingElseOfOurs(long seed) {
        new History(seed).run();
    }

    private static final class History {
        private final RandomGenerator random;
        private final Crashes crashes;
        private final ManualClock clock = new ManualClock(Rentals.NOW);
        private final FakeInstances instances = new FakeInstances();
        private final FakeProvider provider = new FakeProvider(clock);
        private final List<DomainEvent> bus = new ArrayList<>();
        private final InstanceCreator creator;
        private final InstanceTerminator terminator;
        private final ExpirySweep sweep;
        private final ProviderReconciliation reconciliation;
        private final Set<String> foreign = new HashSet<>();
        /** When each orphan was first on the list that a pass got. */
        private final Map<String, Instant> firstListed = new HashMap<>();
        private final Set<String> condemned = new HashSet<>();
        private int orphans;

        History(long seed) {
            random = new Random(seed);
            crashes = new Crashes(random);
            InstanceStore rows = crashes.around(InstanceStore.class, instances);
            MachineProvider machines = crashes.around(MachineProvider.class, provider);
            EventPublisher events = crashes.around(EventPublisher.class, bus::addAll);
            creator = new InstanceCreator(rows, machines, Rentals.SEAL, clock);
            terminator = new InstanceTerminator(rows, machines, new FakeGiveBack(), clock);
            sweep = new ExpirySweep(rows, terminator, new MachineOperations(rows, machines, clock),
                    new AutoExtender(rows, new FakeExtensions(), UUID::randomUUID, clock), events, clock);
            ReconciliationStore store = crashes.around(ReconciliationStore.class, new FakeReconciliations());
            ProviderInventory inventory = crashes.around(ProviderInventory.class, new Watched());
            reconciliation = new ProviderReconciliation(rows, store, inventory, terminator, events,
                    FakeProvider.DEPLOYMENT, clock);
        }

        void run() {
            provider.showsMachinesAfter(Duration.ofSeconds(random.nextInt(45)));
            crashes.armed(CRASHES);
            for (int step = 0; step < STEPS; step++) {
                survive(this::step);
            }
            crashes.disarmed();
            provider.listFails(false);
            provider.deletionsFail(false);
            for (int pass = 0; pass < 8; pass++) {
                clock.advance(Duration.ofMinutes(10));
                instances.all().forEach(instance -> creator.bringUp(instance, soon()));
                sweep.sweep(soon());
                reconciliation.reconcile(soon());
            }
            theProviderAgreesWithTheRows();
            everyDestructionIsPublished();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1 -> creator.order(Rentals.ordered(24, clock.instant()), soon());
                case 2 -> orphan();
                case 3 -> foreign.add(provider.add(kind(), "op-" + UUID.randomUUID(), "x402compute:other"));
                case 4 -> any().ifPresent(this::twin);
                case 5 -> any().ifPresent(
                        instance -> terminator.end(instance, InstanceState.DESTROYED, "owner_request"));
                case 6 -> provider.next(random.nextBoolean()
                        ? FakeProvider.Trouble.ANSWER_LOST
                        : FakeProvider.Trouble.REQUEST_LOST);
                case 7 -> {
                    provider.listFails(random.nextInt(3) == 0);
                    provider.deletionsFail(random.nextInt(3) == 0);
                }
                case 8 -> any().ifPresent(instance -> creator.bringUp(instance, soon()));
                default -> {
                    clock.advance(Duration.ofSeconds(random.nextInt(1, 900)));
                    survive(() -> sweep.sweep(soon()));
                    survive(() -> reconciliation.reconcile(soon()));
                }
            }
        }

        /** Never more than a pass may destroy: what happens then has its own tests. */
        private void orphan() {
            if (orphans++ < 2) {
                provider.add(kind(), "op-" + UUID.randomUUID(), TAG);
            }
        }

        private void twin(Instance instance) {
            if (orphans++ < 2) {
                provider.duplicate(instance.operationId());
            }
        }

        private MachineKind kind() {
            return random.nextBoolean() ? MachineKind.INSTANCE : MachineKind.BARE_METAL;
        }

        private Optional<Instance> any() {
            List<Instance> all = instances.all();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        private Instant soon() {
            return clock.instant().plusSeconds(300);
        }

        /** V2 and V3. */
        private void theProviderAgreesWithTheRows() {
            List<String> allowed = instances.all().stream()
                    .filter(instance -> !instance.state().isFinal())
                    .flatMap(instance -> instance.machine().stream())
                    .map(Machine::providerId)
                    .toList();
            List<String> ours = provider.liveIds().stream().filter(id -> !foreign.contains(id)).toList();
            assertThat(allowed).doesNotHaveDuplicates();
            assertThat(ours).isSubsetOf(allowed);
            assertThat(foreign).isSubsetOf(provider.liveIds());
            assertThat(instances.all()).filteredOn(instance -> instance.state() == InstanceState.ACTIVE)
                    .allSatisfy(instance -> assertThat(ours).contains(instance.machine().orElseThrow().providerId()));
        }

        private void everyDestructionIsPublished() {
            List<String> published = bus.stream().filter(event -> event.type().equals("OrphanDestroyed"))
                    .map(event -> event.detail().path("provider_id").textValue()).toList();
            assertThat(condemned).isSubsetOf(published);
            assertThat(published).noneMatch(provider.liveIds()::contains);
        }

        private static void survive(Runnable call) {
            try {
                call.run();
            } catch (Crashes.Crash dead) {
                // The next run goes on from what was written.
            }
        }

        /** The account as the reconciler sees it, where each deletion is judged at the moment it is asked for. */
        private final class Watched implements ProviderInventory {
            @Override
            public Inventory list() {
                Inventory inventory = provider.list();
                if (inventory instanceof Inventory.Complete(List<ListedMachine> machines)) {
                    machines.forEach(machine -> firstListed.putIfAbsent(machine.providerId(), clock.instant()));
                }
                return inventory;
            }

            @Override
            public Presence look(MachineKind kind, String providerId) {
                return provider.look(kind, providerId);
            }

            @Override
            public MachineProvider.Deletion delete(MachineKind kind, String providerId) {
                assertThat(foreign).doesNotContain(providerId);
                assertThat(firstListed.get(providerId).plus(Suspect.GRACE)).isBeforeOrEqualTo(clock.instant());
                assertThat(instances.all()).noneMatch(instance -> instance.state().isLive()
                        && instance.machine().filter(own -> own.providerId().equals(providerId)).isPresent());
                condemned.add(providerId);
                return provider.delete(kind, providerId);
            }
        }
    }
}
