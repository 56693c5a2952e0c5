package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ManualClock;
import io.x402compute.instance.FakeProvider.Trouble;
import io.x402compute.instance.ProviderReconciliation.Outcome;

class ProviderReconciliationTest {
    private static final String TAG = VultrMachines.tag(FakeProvider.DEPLOYMENT);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final FakeReconciliations store = new FakeReconciliations();
    private final InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
    private final FakeGiveBack givenBack = new FakeGiveBack();
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, givenBack, clock);
    private final List<DomainEvent> bus = new ArrayList<>();
    private boolean busDown;
    private final ProviderReconciliation reconciliation = new ProviderReconciliation(instances, store, provider,
            terminator, events -> !busDown && bus.addAll(events), FakeProvider.DEPLOYMENT, clock);

    @Test
    void aMachineWithoutARowIsDestroyedAfterItsGraceAndThatIsPublishedOnceItIsGone() {
        String orphan = provider.add(MachineKind.INSTANCE, "op-" + UUID.randomUUID(), TAG);

        pass();
        clock.advance(Suspect.GRACE.minusSeconds(1));
        pass();
        assertThat(provider.liveIds()).containsExactly(orphan);

        clock.advance(Duration.ofSeconds(1));
        pass();
        assertThat(provider.liveIds()).isEmpty();
        assertThat(bus).isEmpty();

        passes(3);
        assertThat(bus).extracting(DomainEvent::id).containsExactly("OrphanDestroyed/" + orphan);
        assertThat(store.load().suspects()).isEmpty();
    }

    @Test
    void howeverLateTheSecondLookIsTheFirstOneDestroysNothing() {
        String orphan = provider.add(MachineKind.INSTANCE, "", TAG);
        clock.advance(Duration.ofDays(2));

        pass();
        assertThat(provider.deletions()).isEmpty();

        clock.advance(Duration.ofDays(2));
        pass();
        assertThat(provider.deletions()).containsExactly(orphan);
    }

    @Test
    void bareMetalIsNoExceptionAndIsDestroyedAsWhatItIs() {
        provider.add(MachineKind.BARE_METAL, "", TAG);

        passes(4);

        assertThat(provider.live()).isZero();
        assertThat(bus).singleElement().satisfies(event -> {
            assertThat(event.detail().path("kind").textValue()).isEqualTo("bare_metal");
            assertThat(event.detail().has("instance_id")).isFalse();
        });
    }

    @Test
    void machinesThatAreNotOursAreNotEvenAskedFor() {
        provider.add(MachineKind.INSTANCE, "op-" + UUID.randomUUID(), "x402compute:another-table");
        provider.add(MachineKind.INSTANCE, TAG);
        provider.add(MachineKind.BARE_METAL, "somebody", TAG + "-2");

        passes(5);

        assertThat(provider.deletions()).isEmpty();
        assertThat(provider.live()).isEqualTo(3);
    }

    @Test
    void ofSeveralMachinesOfOneInstanceOnlyItsOwnIsLeft() {
        Instance instance = rent();
        provider.duplicate(instance.operationId());
        provider.duplicate(instance.operationId());

        passes(4);

        assertThat(provider.liveIds()).containsExactly(instance.machine().orElseThrow().providerId());
        assertThat(bus).extracting(event -> event.detail().path("reason").textValue()).containsOnly("extra_machine");
    }

    @Test
    void aMachineThatNobodyHeardOfIsLeftToBeAdopted() {
        provider.next(Trouble.ANSWER_LOST);
        Instance ordered = creator.order(Rentals.ordered(24, clock.instant()), soon());
        clock.advance(Duration.ofSeconds(1));
        provider.duplicate(ordered.operationId());

        passes(3);
        assertThat(provider.live()).isEqualTo(1);
        Instance adopted = creator.bringUp(instances.only(), soon());

        assertThat(provider.liveIds()).containsExactly(adopted.machine().orElseThrow().providerId());
        passes(3);
        assertThat(provider.live()).isEqualTo(1);
    }

    /** Somebody has edited the machine's tags by hand. */
    @Test
    void aMachineIsItsRowsEvenIfItDoesNotSaySo() {
        Instance ordered = creator.order(Rentals.ordered(24, clock.instant()), soon());
        provider.remove(ordered.machine().orElseThrow().providerId());
        String id = provider.add(MachineKind.INSTANCE, "my server", TAG);
        Machine made = Rentals.machine();
        instances.save(ordered.created(new Machine(id, clock.instant(), true, made.ipAddress(), "", "ok",
                made.osName(), 2, 8192, 50, made.plan(), made.powerStatus())));

        passes(4);

        assertThat(provider.liveIds()).containsExactly(id);
        assertThat(store.load().suspects()).isEmpty();
    }

    @Test
    void aMachineWhoseInstanceIsClosedIsDestroyed() {
        Instance instance = rent();
        instances.save(instance.terminating(InstanceState.DESTROYED, "owner_request", clock.instant()));
        instances.save(instances.only().closed());

        passes(4);

        assertThat(provider.live()).isZero();
        assertThat(bus).extracting(event -> event.detail().path("reason").textValue())
                .containsExactly("instance_ended");
    }

    @Test
    void whatTheSweeperForgotIsExpiredByItsRow() {
        rent();
        clock.advance(Duration.ofHours(24));

        passes(2);
        assertThat(instances.only().state()).isEqualTo(InstanceState.ACTIVE);
        pass();

        assertThat(instances.only().outcome()).isEqualTo(InstanceState.EXPIRED);
        assertThat(provider.live()).isZero();
        passes(2);
        assertThat(bus).isEmpty();
    }

    @Test
    void aSuspectThatGetsARowIsForgotten() {
        Instance later = Rentals.ordered(24, clock.instant()).sending(clock.instant(), clock.instant());
        provider.add(MachineKind.INSTANCE, later.operationId(), TAG);
        passes(2);
        assertThat(store.load().suspects()).hasSize(1);

        instances.insert(later);
        passes(3);

        assertThat(store.load().suspects()).isEmpty();
        assertThat(provider.deletions()).isEmpty();
    }

    @Test
    void aListThatCannotBeReadProvesNothing() {
        Instance instance = rent();
        provider.add(MachineKind.INSTANCE, "", TAG);
        passes(2);
        Reconciliation before = store.load();
        provider.listFails(true);

        assertThat(pass()).isEqualTo(new Outcome.Abandoned("provider_unavailable"));

        assertThat(store.load()).isEqualTo(before);
        assertThat(provider.live()).isEqualTo(2);
        assertThat(instances.find(instance.id())).contains(instance);
    }

    @Test
    void deletionIsAskedForUntilTheMachineIsGone() {
        provider.add(MachineKind.INSTANCE, "", TAG);
        provider.deletionsFail(true);
        passes(6);
        assertThat(provider.deletions()).hasSize(4);
        assertThat(bus).isEmpty();

        provider.deletionsFail(false);
        passes(2);
        assertThat(provider.live()).isZero();
        assertThat(bus).hasSize(1);
    }

    @Test
    void moreThanAnAccidentExplainsIsLeftAloneAndReported() {
        List<String> orphans = orphans(4);

        passes(6);
        assertThat(provider.deletions()).isEmpty();
        assertThat(store.load().isHalted()).isTrue();
        assertThat(bus).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("ReconciliationHalted");
            assertThat(event.detail().path("orphans").intValue()).isEqualTo(4);
            assertThat(event.detail().path("orphan_ids")).hasSize(4);
        });

        // An operator has looked, and takes one of them away by hand.
        provider.remove(orphans.getFirst());
        passes(3);
        assertThat(provider.live()).isZero();
        assertThat(store.load().isHalted()).isFalse();
    }

    @Test
    void whatIsTooMuchGrowsWithWhatThereIs() {
        IntStream.range(0, 46).forEach(i -> rent());
        orphans(5);
        passes(4);
        assertThat(instances.count()).isEqualTo(46);
        assertThat(provider.live()).isEqualTo(46);

        // Of 52 tagged machines, a tenth are five.
        orphans(6);
        passes(4);
        assertThat(provider.live()).isEqualTo(52);
    }

    @Test
    void orphansThatThereIsNoRoomToRecordCountAllTheSame() {
        orphans(Reconciliation.MOST_SUSPECTS + 1);
        passes(4);

        assertThat(store.load().suspects()).hasSize(Reconciliation.MOST_SUSPECTS);
        assertThat(provider.deletions()).isEmpty();
    }

    @Test
    void anActiveInstanceWhoseMachineIsGoneIsEndedAfterTwoLooks() {
        rent();
        Instance lost = rent();
        provider.remove(lost.machine().orElseThrow().providerId());

        pass();
        assertThat(instances.find(lost.id())).contains(lost);
        clock.advance(TEN_MINUTES);
        pass();

        Instance ended = instances.find(lost.id()).orElseThrow();
        assertThat(ended.outcome()).isEqualTo(InstanceState.FAILED);
        assertThat(ended.termination().orElseThrow().reason()).isEqualTo("machine_vanished");
        assertThat(ended.pendingEvents()).extracting(DomainEvent::type).contains("InstanceFailed");
        assertThat(givenBack.given()).containsKey(ended.segments().getFirst().orderId());
        assertThat(provider.live()).isEqualTo(1);
    }

    @Test
    void aLookThatFailsIsNotTheSecondOne() {
        rent();
        Instance lost = rent();
        provider.remove(lost.machine().orElseThrow().providerId());
        pass();
        clock.advance(TEN_MINUTES);
        provider.looksFail(true);
        pass();
        assertThat(instances.find(lost.id()).orElseThrow().state()).isEqualTo(InstanceState.ACTIVE);

        provider.looksFail(false);
        pass();
        assertThat(instances.find(lost.id()).orElseThrow().outcome()).isEqualTo(InstanceState.FAILED);
    }

    /** As if the key had been changed for one of another account. */
    @Test
    void anAccountWithoutAnyOfOurMachinesProvesNothing() {
        Instance instance = rent();
        provider.remove(instance.machine().orElseThrow().providerId());

        passes(4);

        assertThat(instances.only()).isEqualTo(instance);
    }

    @Test
    void manyMachinesThatVanishAtOnceEndNothing() {
        rent();
        List<Instance> lost = IntStream.range(0, 4).mapToObj(i -> rent()).toList();
        lost.forEach(instance -> provider.remove(instance.machine().orElseThrow().providerId()));

        passes(4);

        assertThat(lost).allSatisfy(instance -> assertThat(instances.find(instance.id())).contains(instance));
        assertThat(bus).extracting(DomainEvent::type).containsExactly("ReconciliationHalted");
    }

    @Test
    void aMachineThatIsOnlyNotListedIsNotMissing() {
        rent();
        Instance instance = rent();
        provider.hide(instance.machine().orElseThrow().providerId());

        passes(4);

        assertThat(instances.find(instance.id())).contains(instance);
    }

    @Test
    void eventsWaitForTheBus() {
        busDown = true;
        provider.add(MachineKind.INSTANCE, "", TAG);
        passes(5);
        assertThat(provider.live()).isZero();

        busDown = false;
        passes(2);
        assertThat(bus).hasSize(1);
    }

    @Test
    void aPassThatFindsItselfOvertakenDoesNothing() {
        provider.add(MachineKind.INSTANCE, "", TAG);
        passes(2);
        ProviderReconciliation slow = new ProviderReconciliation(instances, new ReconciliationStore() {
            @Override
            public Reconciliation load() {
                return store.load();
            }

            @Override
            public boolean save(Reconciliation next) {
                return false;
            }
        }, provider, terminator, bus::addAll, FakeProvider.DEPLOYMENT, clock);

        assertThat(slow.reconcile(soon())).isEqualTo(new Outcome.Abandoned("overtaken"));
        assertThat(provider.deletions()).isEmpty();
    }

    @Test
    void withoutTimeNothingIsJudgedByHalf() {
        provider.add(MachineKind.INSTANCE, "op-" + UUID.randomUUID(), TAG);

        assertThat(reconciliation.reconcile(clock.instant()))
                .isEqualTo(new Outcome.Abandoned("out_of_time"));
        assertThat(store.load()).isEqualTo(Reconciliation.NEVER);
    }

    @Test
    void whileAllIsWellNothingIsWritten() {
        rent();

        passes(3);

        assertThat(store.load()).isEqualTo(Reconciliation.NEVER);
        assertThat(pass()).isEqualTo(new Outcome.Compared(1, 0, 0, 0, false));
    }

    @Test
    void graceIsLongerThanAnOrderCanBeUnderWay() {
        assertThat(Suspect.GRACE).isGreaterThan(InstanceCreator.LEASE.plus(InstanceCreator.SEARCH_WINDOW));
    }

    private List<String> orphans(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> provider.add(MachineKind.INSTANCE, "op-" + UUID.randomUUID(), TAG)).toList();
    }

    /** A machine that is up. */
    private Instance rent() {
        Instance ordered = creator.order(Rentals.ordered(24, clock.instant()), soon());
        clock.advance(InstanceTerminator.VISIBLE_BY);
        return creator.bringUp(instances.find(ordered.id()).orElseThrow(), soon());
    }

    private Outcome pass() {
        return reconciliation.reconcile(soon());
    }

    /** That many, ten minutes from each to the next. */
    private void passes(int count) {
        for (int i = 0; i < count; i++) {
            pass();
            clock.advance(TEN_MINUTES);
        }
    }

    private Instant soon() {
        return clock.instant().plusSeconds(300);
    }
}
