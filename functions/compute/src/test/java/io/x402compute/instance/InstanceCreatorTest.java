package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;

import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.Test;

import io.x402compute.http.ManualClock;
import io.x402compute.instance.FakeProvider.Trouble;

class InstanceCreatorTest {
    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
    private final FakeGiveBack givenBack = new FakeGiveBack();
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, givenBack, clock);
    private final Instance fresh = Rentals.ordered(24, clock.instant());

    @Test
    void anOrderMakesOneMachineHoweverOftenItIsGiven() {
        creator.order(fresh, soon());
        creator.order(fresh, soon());
        bringUp();

        assertThat(provider.everMade()).isEqualTo(1);
        assertThat(instances.count()).isEqualTo(1);
    }

    @Test
    void aMachineIsActiveOnceTheProviderShowsItReady() {
        creator.order(fresh, soon());
        assertThat(bringUp().state()).isEqualTo(InstanceState.PROVISIONING);

        clock.advance(FakeProvider.BOOT);
        Instance up = bringUp();

        assertThat(up.state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(up.machine().orElseThrow().ipAddress()).isEqualTo("192.0.2.7");
        assertThat(up.pendingEvents()).extracting(event -> event.type()).containsExactly("InstanceProvisioned");
    }

    @Test
    void withoutTimeForAnAnswerTheOrderIsOnlyWrittenDown() {
        Instance written = creator.order(fresh, clock.instant().plusSeconds(9));

        assertThat(written.state()).isEqualTo(InstanceState.PROVISIONING);
        assertThat(provider.everMade()).isZero();

        bringUp();
        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void aMachineWhoseAnswerWasLostIsFoundAndNotMadeAgain() {
        provider.next(Trouble.ANSWER_LOST);
        creator.order(fresh, soon());
        bringUp();

        assertThat(instances.only().machine().orElseThrow().providerId()).isEqualTo("machine-1");
        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void anOrderWithoutAnswerIsSentAgainOnlyWhenAMachineWouldHaveShownItself() {
        provider.next(Trouble.REQUEST_LOST);
        creator.order(fresh, soon());

        clock.advance(InstanceCreator.SEARCH_WINDOW.minusSeconds(1));
        bringUp();
        assertThat(provider.everMade()).isZero();

        clock.advance(Duration.ofSeconds(2));
        bringUp();
        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void ofTwoMachinesUnderOneOperationTheYoungerIsDestroyed() {
        provider.next(Trouble.ANSWER_LOST);
        creator.order(fresh, soon());
        provider.duplicate(fresh.operationId());
        clock.advance(FakeProvider.PENDING);

        bringUp();

        assertThat(instances.only().machine().orElseThrow().providerId()).isEqualTo("machine-1");
        assertThat(provider.live()).isEqualTo(1);
    }

    @Test
    void aDefiniteRefusalFailsAtOnce() {
        provider.next(Trouble.REFUSED);
        Instance failed = creator.order(fresh, soon());

        assertThat(failed.state()).isEqualTo(InstanceState.FAILED);
        assertThat(failed.termination().orElseThrow().reason()).isEqualTo("no_capacity");
    }

    @Test
    void anOrderThatWasNotCarriedOutGoesOutAgain() {
        provider.next(Trouble.DEFERRED);
        creator.order(fresh, soon());
        bringUp();

        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void nobodyOrdersWhileAnOrderMayBeUnderWay() {
        provider.duringCreate(() -> {
            assertThat(bringUp().machine()).isEmpty();
            assertThat(provider.everMade()).isZero();
        });
        creator.order(fresh, soon());

        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void aMachineDestroyedWhileItsOrderIsUnderWayIsStillKnownAndGoes() {
        provider.duringCreate(() -> terminator.end(instances.only(), InstanceState.DESTROYED, "owner_request"));
        Instance ending = creator.order(fresh, soon());

        assertThat(ending.state()).isEqualTo(InstanceState.TERMINATING);
        assertThat(ending.machine()).isPresent();

        clock.advance(FakeProvider.PENDING);
        terminator.pursue(instances.only());
        assertThat(provider.live()).isZero();
    }

    @Test
    void aMachineThatNeverComesUpIsGivenUpAndDestroyed() {
        provider.bootsNever();
        creator.order(fresh, soon());

        clock.advance(InstanceCreator.BOOT_DEADLINE.plusSeconds(1));
        Instance failing = bringUp();
        terminator.pursue(failing);

        assertThat(failing.outcome()).isEqualTo(InstanceState.FAILED);
        assertThat(failing.termination().orElseThrow().reason()).isEqualTo("boot_timeout");
        assertThat(provider.live()).isZero();
    }

    @Test
    void everyOrderOfOneMachineIsForOneAndTheSamePassword() {
        Instance keyless = Rentals.keyless(clock.instant());
        provider.next(Trouble.DEFERRED);
        provider.next(Trouble.REQUEST_LOST);
        creator.order(keyless, soon());
        creator.bringUp(instances.only(), soon());
        clock.advance(InstanceCreator.SEARCH_WINDOW.plusSeconds(1));
        creator.bringUp(instances.only(), soon());

        String password = Rentals.SEAL.open(instances.only().password().sealed().orElseThrow(), keyless.id()).text();
        assertThat(provider.orders()).hasSize(3).doesNotHaveDuplicates()
                .allSatisfy(access -> assertThat(access)
                        .isInstanceOfSatisfying(RootAccess.ByPassword.class, by -> assertThat(
                                Crypt.crypt(password, by.hash().text())).isEqualTo(by.hash().text())));
    }

    @Test
    void passwordIsWrittenDownBeforeTheOrderGoesOut() {
        provider.duringCreate(() -> assertThat(instances.only().password().sealed()).isPresent());
        creator.order(Rentals.keyless(clock.instant()), soon());

        assertThat(provider.everMade()).isEqualTo(1);
    }

    @Test
    void withoutASecretToSealItWithNoMachineIsOrdered() {
        InstanceCreator secretless = new InstanceCreator(instances, provider, new PasswordSeal(() -> {
            throw new IllegalStateException("no secret");
        }), clock);

        assertThatIllegalStateException().isThrownBy(() -> secretless.order(Rentals.keyless(clock.instant()), soon()));
        assertThat(provider.orders()).isEmpty();
    }

    @Test
    void machineWithAKeyIsOrderedWithItAndHasNoPassword() {
        creator.order(fresh, soon());

        assertThat(provider.orders()).singleElement().isInstanceOf(RootAccess.ByKey.class);
        assertThat(instances.only().password()).isEqualTo(OneTimePassword.NONE);
    }

    private Instance bringUp() {
        return creator.bringUp(instances.find(fresh.id()).orElseThrow(), soon());
    }

    private Instant soon() {
        return clock.instant().plusSeconds(29);
    }
}
