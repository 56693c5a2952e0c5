package io.x402compute.instance;

import static io.x402compute.instance.OperationKind.REBOOT;
import static io.x402compute.instance.OperationKind.RESIZE;
import static io.x402compute.instance.OperationKind.START;
import static io.x402compute.instance.OperationKind.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ManualClock;
import io.x402compute.instance.FakeProvider.Trouble;
import io.x402compute.x402.protocol.Usdc;

class MachineOperationsTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, new FakeGiveBack(),
            clock);
    private final MachineOperations operations = new MachineOperations(instances, provider, clock);
    private final List<DomainEvent> bus = new ArrayList<>();
    private final ExpirySweep sweep = new ExpirySweep(instances, terminator, operations,
            new AutoExtender(instances, new FakeExtensions(), UUID::randomUUID, clock), bus::addAll, clock);

    @BeforeEach
    void rent() {
        Instance ordered = creator.order(Rentals.ordered(24, clock.instant()), soon());
        clock.advance(FakeProvider.BOOT);
        creator.bringUp(ordered, soon());
    }

    @Test
    void aStopIsDoneWhenItShowsAndTheLeaseIsWhatItWas() {
        Instant expiresAt = instance().expiresAt();

        assertThat(ask(STOP)).isInstanceOf(OperationResult.Taken.class);
        assertThat(operation().phase()).isEqualTo(OperationPhase.ACCEPTED);
        assertThat(operations.attend(instance(), soon()).operation().orElseThrow().isPending()).isTrue();

        clock.advance(FakeProvider.CHANGE);
        operations.attend(instance(), soon());
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
        assertThat(instance().machine().orElseThrow().powerStatus()).isEqualTo("stopped");
        assertThat(instance().expiresAt()).isEqualTo(expiresAt);

        clock.advance(DAY);
        sweep();
        assertThat(instance().outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void theSweeperFinishesWhatNobodyAsksFor() {
        ask(STOP);
        pass(Duration.ofMinutes(1));

        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
        assertThat(bus).filteredOn(event -> event.type().equals("InstancePowerChanged")).hasSize(1);
        assertThat(instance().dueAt()).as("nothing left to do before the end is near")
                .hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant().plus(Duration.ofHours(20))));
    }

    @Test
    void aRebootIsDoneWhenTheProviderSaysSo() {
        ask(REBOOT);

        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
        assertThat(provider.executions()).containsExactly(REBOOT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_LOST", "REQUEST_LOST"})
    void aRebootWhoseAnswerWasLostIsNotRepeatedAndSaysSo(Trouble trouble) {
        provider.nextOperation(trouble);
        assertThat(ask(REBOOT)).isInstanceOfSatisfying(OperationResult.Taken.class,
                taken -> assertThat(taken.operation().phase()).isEqualTo(OperationPhase.SENT));

        pass(Duration.ofMinutes(5));

        assertThat(operation().failure()).contains("outcome_unknown");
        assertThat(provider.executions()).hasSize(1);
    }

    @Test
    void aStopThatGotLostIsAskedForAgain() {
        provider.nextOperation(Trouble.REQUEST_LOST);
        ask(STOP);

        pass(Duration.ofMinutes(3));

        assertThat(provider.executions()).containsExactly(STOP, STOP);
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
    }

    @Test
    void aStopWhoseAnswerWasLostIsSeen() {
        provider.nextOperation(Trouble.ANSWER_LOST);
        ask(STOP);

        pass(Duration.ofMinutes(1));

        assertThat(provider.executions()).containsExactly(STOP);
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheProviderHadNoTimeForIsAskedForAgain(OperationKind kind) {
        provider.nextOperation(Trouble.DEFERRED);
        ask(kind);
        assertThat(operation().phase()).isEqualTo(OperationPhase.DEFERRED);

        pass(Duration.ofMinutes(2));

        assertThat(provider.executions()).containsExactly(kind, kind);
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
    }

    @Test
    void whatCouldNotEvenBeAskedForIsGivenUp() {
        for (int i = 0; i < 20; i++) {
            provider.nextOperation(Trouble.DEFERRED);
        }
        ask(REBOOT);

        pass(Duration.ofMinutes(7));

        assertThat(operation().failure()).contains("provider_busy");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalChangesNothing(OperationKind kind) {
        Instance before = instance();
        provider.nextOperation(Trouble.REJECTED);

        assertThat(ask(kind)).isEqualTo(new OperationResult.Refused("plan_refused"));

        assertThat(instance().segments()).isEqualTo(before.segments());
        assertThat(instance().spec()).isEqualTo(before.spec());
        assertThat(ask(STOP)).as("something else").isInstanceOf(OperationResult.Taken.class);
    }

    @ParameterizedTest
    @EnumSource
    void oneThingIsDoneAtATime(OperationKind kind) {
        ask(RESIZE);

        assertThat(ask(kind)).isInstanceOfSatisfying(OperationResult.Occupied.class,
                occupied -> assertThat(occupied.pending().kind()).isEqualTo(RESIZE));
        assertThat(provider.executions()).containsExactly(RESIZE);

        clock.advance(FakeProvider.CHANGE);
        assertThat(ask(START)).as("asking is what shows that it is done").isInstanceOf(OperationResult.Taken.class);
    }

    /** The request died before it could write the answer down, or even ask. */
    @Test
    void whatSomebodyMayBeAskingForIsLeftAloneForAWhile() {
        instances.save(instance().operating(Operation.sent(STOP, Optional.empty(), clock.instant())));

        pass(Duration.ofMinutes(1));
        assertThat(provider.executions()).isEmpty();

        pass(Duration.ofMinutes(3));
        assertThat(provider.executions()).containsExactly(STOP);
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVISIONING", "TERMINATING", "DESTROYED", "EXPIRED", "FAILED"})
    void onlyAMachineThatIsUpIsOperated(InstanceState state) {
        Instance other = Rentals.in(state);
        instances.insert(other);

        assertThat(operations.power(other, STOP, soon())).isEqualTo(new OperationResult.NotActive(other.outcome()));
        assertThat(provider.executions()).isEmpty();
    }

    @Test
    void aMachineWhoseTimeIsOverIsNotOperated() {
        clock.advance(DAY);

        assertThat(ask(START)).isEqualTo(new OperationResult.NotActive(InstanceState.EXPIRED));
    }

    @Test
    void aResizeThatIsAcceptedExchangesTheLeaseAtOnce() {
        Instance before = instance();
        clock.advance(Duration.ofHours(4).minus(FakeProvider.BOOT));

        ask(RESIZE);

        assertThat(instance().spec().plan()).isEqualTo(Rentals.UPGRADE.to());
        assertThat(instance().expiresAt()).isEqualTo(before.createdAt().plus(Duration.ofHours(14)));
        assertThat(operation().isPending()).as("it does not show yet").isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
        assertThat(bus).filteredOn(event -> event.type().equals("InstanceResized")).hasSize(1);
        assertThat(instance().expiresAt()).isEqualTo(before.createdAt().plus(Duration.ofHours(14)));
    }

    @Test
    void aResizeWhoseAnswerWasLostExchangesTheLeaseOnceItShows() {
        Instance before = instance();
        clock.advance(Duration.ofHours(4).minus(FakeProvider.BOOT));
        provider.nextOperation(Trouble.ANSWER_LOST);

        ask(RESIZE);
        assertThat(instance().expiresAt()).isEqualTo(before.expiresAt());
        assertThat(instance().spec()).isEqualTo(before.spec());

        pass(Duration.ofMinutes(1));
        assertThat(instance().spec().plan()).isEqualTo(Rentals.UPGRADE.to());
        assertThat(instance().expiresAt()).as("from when it was asked for")
                .isEqualTo(before.createdAt().plus(Duration.ofHours(14)));
        assertThat(operation().phase()).isEqualTo(OperationPhase.DONE);
    }

    @Test
    void aResizeThatNeverHappenedChangesNothingAndIsNotRepeated() {
        Instance before = instance();
        provider.nextOperation(Trouble.REQUEST_LOST);
        ask(RESIZE);

        pass(Duration.ofMinutes(20));
        assertThat(operation().isPending()).isTrue();
        pass(Duration.ofMinutes(15));

        assertThat(operation().failure()).contains("not_carried_out");
        assertThat(provider.executions()).containsExactly(RESIZE);
        assertThat(instance().segments()).isEqualTo(before.segments());
    }

    @Test
    void anExtensionThatComesMeanwhileIsExchangedToo() {
        PaidSegment day = PaidSegment.ofHours("extension", 24, new Usdc(70_800));
        provider.duringExecution(() -> instances.save(instance().extended(day, clock.instant())));

        ask(RESIZE);

        assertThat(instance().segments().getLast())
                .isEqualTo(PaidSegment.ofHours("extension", 12, Rentals.UPGRADE.hourly()));
        assertThat(instance().spec().plan()).isEqualTo(Rentals.UPGRADE.to());
    }

    @Test
    void aDestructionThatComesMeanwhileWins() {
        Instance before = instance();
        provider.duringExecution(() -> terminator.end(instance(), InstanceState.DESTROYED, "owner_request"));

        assertThat(ask(RESIZE)).isEqualTo(new OperationResult.NotActive(InstanceState.DESTROYED));

        assertThat(instance().segments()).isEqualTo(before.segments());
        assertThat(operation().failure()).contains("instance_ended");
        pass(Duration.ofMinutes(5));
        assertThat(instance().state()).isEqualTo(InstanceState.DESTROYED);
        assertThat(provider.live()).isZero();
    }

    @Test
    void theEndComesDuringAResizeWhoseAnswerWasLost() {
        provider.nextOperation(Trouble.ANSWER_LOST);
        clock.advance(DAY.minus(FakeProvider.BOOT).minusSeconds(5));
        ask(RESIZE);

        pass(Duration.ofMinutes(5));

        assertThat(instance().state()).isEqualTo(InstanceState.EXPIRED);
        assertThat(provider.live()).isZero();
    }

    @Test
    void aMachineThatIsGoneIsNotWaitedForForEver() {
        provider.nextOperation(Trouble.REQUEST_LOST);
        ask(STOP);
        provider.remove(instance().machine().orElseThrow().providerId());

        pass(Duration.ofMinutes(12));

        assertThat(operation().failure()).contains("machine_missing");
    }

    private OperationResult ask(OperationKind kind) {
        return kind == RESIZE
                ? operations.resize(instance(), Rentals.UPGRADE, soon())
                : operations.power(instance(), kind, soon());
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            sweep();
        }
    }

    private void sweep() {
        sweep.sweep(clock.instant().plusSeconds(55));
    }

    private Instance instance() {
        return instances.only();
    }

    private Operation operation() {
        return instance().operation().orElseThrow();
    }

    private Instant soon() {
        return clock.instant().plusSeconds(29);
    }
}
