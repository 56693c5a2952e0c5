package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ManualClock;
import io.x402compute.instance.FakeProvider.Trouble;
import io.x402compute.x402.protocol.Usdc;

class InstanceEndTest {
    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
    private final FakeGiveBack givenBack = new FakeGiveBack();
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, givenBack, clock);
    private final List<DomainEvent> bus = new ArrayList<>();
    private boolean busDown;
    private final ExpirySweep sweep = new ExpirySweep(instances, terminator,
            new MachineOperations(instances, provider, clock),
            new AutoExtender(instances, new FakeExtensions(), UUID::randomUUID, clock),
            events -> !busDown && bus.addAll(events), clock);

    @Test
    void aMachinePastItsExpiryIsGoneAtTheProviderWithinTwoMinutes() {
        rent();
        clock.advance(Duration.ofHours(24).minus(InstanceTerminator.VISIBLE_BY).plusSeconds(1));
        sweep();

        assertThat(provider.live()).isZero();
        assertThat(instances.only().outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void aLookThatWasAskedForTooEarlyProvesNothingHoweverLateItsAnswerComes() {
        Instance ordered = creator.order(Rentals.ordered(24, clock.instant()), clock.instant().plusSeconds(29));
        clock.advance(InstanceTerminator.VISIBLE_BY.minusSeconds(1));
        provider.duringAnswer(() -> clock.advance(Duration.ofSeconds(5)));

        terminator.end(ordered, InstanceState.DESTROYED, "owner_request");
        assertThat(instances.only().termination().orElseThrow().firstAbsentAt()).isEmpty();

        terminator.pursue(instances.only());
        assertThat(instances.only().termination().orElseThrow().firstAbsentAt()).hasValue(clock.instant());
        terminator.pursue(instances.only());
        assertThat(instances.only().state()).isEqualTo(InstanceState.TERMINATING);
    }

    @Test
    void aMachineThatHasNotComeUpInAllItsTimeHasFailed() {
        creator.order(Rentals.ordered(1, clock.instant()), clock.instant().plusSeconds(29));
        clock.advance(Duration.ofHours(1));
        sweep();

        assertThat(instances.only().outcome()).isEqualTo(InstanceState.FAILED);
        assertThat(instances.only().owesUnusedTime()).isFalse();
        assertThat(provider.live()).isZero();
    }

    @Test
    void aMachineIsNotTouchedBeforeItsExpiry() {
        rent();
        clock.advance(Duration.ofHours(24).minusMinutes(3));
        sweep();

        assertThat(provider.live()).isEqualTo(1);
        assertThat(instances.only().state()).isEqualTo(InstanceState.ACTIVE);
    }

    @Test
    void anExtensionThatIsStillSettlingHoldsExpiryForFiveMinutesAndNoLonger() {
        rent();
        instances.save(instances.only().awaitingExtension());

        clock.advance(Duration.ofHours(24).plusMinutes(2));
        sweep();
        assertThat(provider.live()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        sweep();
        assertThat(provider.live()).isZero();
    }

    @Test
    void anExtensionThatArrivesWhileItsMachineIsBeingExpiredKeepsItAlive() {
        rent();
        clock.advance(Duration.ofHours(24));
        Instance seen = instances.only();
        instances.save(seen.extended(PaidSegment.ofHours("an-order", 24, new Usdc(70_800)), clock.instant()));

        Instance kept = terminator.expire(seen);

        assertThat(kept.state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(provider.live()).isEqualTo(1);
    }

    @Test
    void anOutageDelaysExpiryAndDoesNotDropIt() {
        rent();
        clock.advance(Duration.ofDays(9));
        sweep();

        assertThat(provider.live()).isZero();
    }

    @Test
    void destroyingDuringBootSucceedsInTheEnd() {
        Instance ordered = order();
        terminator.end(ordered, InstanceState.DESTROYED, "owner_request");
        assertThat(provider.live()).isEqualTo(1);
        assertThat(instances.only().outcome()).isEqualTo(InstanceState.DESTROYED);

        for (int minute = 0; minute < 5; minute++) {
            clock.advance(Duration.ofMinutes(1));
            sweep();
        }

        assertThat(provider.live()).isZero();
        assertThat(instances.only().state()).isEqualTo(InstanceState.DESTROYED);
    }

    @Test
    void oneLookIsNotEnoughToCloseAnInstance() {
        rent();
        terminator.end(instances.only(), InstanceState.DESTROYED, "owner_request");
        assertThat(provider.live()).isZero();
        assertThat(instances.only().state()).isEqualTo(InstanceState.TERMINATING);

        clock.advance(InstanceTerminator.BETWEEN_LOOKS.minusSeconds(1));
        sweep();
        assertThat(instances.only().state()).isEqualTo(InstanceState.TERMINATING);

        clock.advance(Duration.ofSeconds(2));
        sweep();
        assertThat(instances.only().state()).isEqualTo(InstanceState.DESTROYED);
    }

    @Test
    void aMachineNobodyHeardOfIsFoundByItsOperationAndDestroyed() {
        provider.next(Trouble.ANSWER_LOST);
        Instance ordered = order();
        terminator.end(ordered, InstanceState.DESTROYED, "owner_request");

        for (int minute = 0; minute < 6; minute++) {
            clock.advance(Duration.ofMinutes(1));
            sweep();
        }

        assertThat(provider.everMade()).isEqualTo(1);
        assertThat(provider.live()).isZero();
        assertThat(instances.only().state()).isEqualTo(InstanceState.DESTROYED);
    }

    @Test
    void whatIsLeftWhenAnOwnerGivesUpIsGivenBackOnce() {
        rent();
        clock.advance(Duration.ofHours(3));
        Instance ended = terminator.end(instances.only(), InstanceState.DESTROYED, "owner_request");
        terminator.end(ended, InstanceState.DESTROYED, "owner_request");

        // Of 24 hours the fourth had begun.
        assertThat(givenBack.given().values()).containsExactly(new Usdc(70_800).times(20));
        assertThat(instances.only().owesUnusedTime()).isFalse();
    }

    @Test
    void whatTheFunctionThatEndedAMachineDidNotGiveBackTheSweeperDoes() {
        rent();
        Instance ending = instances.only().terminating(InstanceState.DESTROYED, "owner_request", clock.instant());
        instances.save(ending);
        sweep();

        assertThat(givenBack.given()).hasSize(1);
        assertThat(instances.only().owesUnusedTime()).isFalse();
    }

    @Test
    void aClosedInstanceThatStillOwesIsStillDue() {
        Instance closed = Rentals.in(InstanceState.ACTIVE).published()
                .terminating(InstanceState.DESTROYED, "owner_request", clock.instant()).published().closed();

        assertThat(closed.dueAt()).isPresent();
        assertThat(closed.unusedTimeGivenBack().dueAt()).isEmpty();
    }

    @Test
    void expiryAndFailureToComeUpLeaveNothingUnused() {
        rent();
        clock.advance(Duration.ofHours(24));
        sweep();
        Instance failed = Rentals.in(InstanceState.PROVISIONING)
                .terminating(InstanceState.FAILED, "boot_timeout", clock.instant());

        assertThat(givenBack.given()).isEmpty();
        assertThat(failed.owesUnusedTime()).isFalse();
    }

    @Test
    void aClosedInstanceIsNeverLookedAtAgain() {
        rent();
        terminator.end(instances.only(), InstanceState.DESTROYED, "owner_request");
        clock.advance(Duration.ofMinutes(2));
        sweep();
        clock.advance(Duration.ofDays(400));

        assertThat(instances.due(clock.instant())).isEmpty();
    }

    @Test
    void eventsArePublishedOnceTheBusTakesThem() {
        busDown = true;
        rent();
        sweep();
        assertThat(bus).isEmpty();

        busDown = false;
        sweep();
        sweep();
        assertThat(bus).extracting(DomainEvent::type).containsExactly("InstanceProvisioned");
    }

    @Test
    void aBusThatIsDownDoesNotKeepAMachineAlive() {
        busDown = true;
        rent();
        clock.advance(Duration.ofHours(25));
        sweep();

        assertThat(provider.live()).isZero();
    }

    private Instance order() {
        return creator.order(Rentals.ordered(24, clock.instant()), soon());
    }

    private void rent() {
        order();
        clock.advance(InstanceTerminator.VISIBLE_BY);
        creator.bringUp(instances.only(), soon());
    }

    private void sweep() {
        sweep.sweep(soon());
    }

    private Instant soon() {
        return clock.instant().plusSeconds(29);
    }
}
