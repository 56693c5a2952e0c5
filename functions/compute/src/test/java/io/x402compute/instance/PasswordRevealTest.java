package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ManualClock;
import io.x402compute.instance.PasswordReveal.Outcome;
import io.x402compute.store.LocalDynamo;

class PasswordRevealTest {
    private static final int AT_ONCE = 50;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeProvider provider = new FakeProvider(clock);
    private InstanceStore instances;
    private InstanceCreator creator;
    private PasswordReveal reveal;
    private InstanceId id;

    @BeforeEach
    void orderAMachine() {
        instances = new DynamoInstanceStore(dynamo.table("instances"));
        creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
        reveal = new PasswordReveal(instances, creator, Rentals.SEAL, clock);
        id = creator.order(Rentals.keyless(clock.instant()), soon()).id();
    }

    @Test
    void passwordIsTheMachinesAndIsRevealedOnce() {
        clock.advance(FakeProvider.BOOT);
        Outcome.Revealed first = (Outcome.Revealed) reveal();
        clock.advance(Duration.ofSeconds(1));

        String hash = ((RootAccess.ByPassword) provider.orders().getFirst()).hash().text();
        assertThat(Crypt.crypt(first.password().text(), hash)).isEqualTo(hash);
        assertThat(first.ipAddress()).isEqualTo("192.0.2.7");
        assertThat(reveal()).isEqualTo(new Outcome.RevealedBefore(clock.instant().minusSeconds(1)));
        assertThat(instance().password().sealed()).isEmpty();
    }

    /** All in the same moment, in which two that write the same would both be told that they have written. */
    @Test
    void ofFiftyRequestsAtOnceOneGetsIt() throws InterruptedException {
        clock.advance(FakeProvider.BOOT);
        Instance active = creator.bringUp(instance(), soon());

        List<Outcome> outcomes = atOnce(() -> reveal.reveal(active, soon()));

        assertThat(outcomes.stream().filter(Outcome.Revealed.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(Outcome.RevealedBefore.class::isInstance)).hasSize(AT_ONCE - 1);
    }

    @Test
    void passwordOfAMachineThatBootsIsNotUsedUp() {
        assertThat(reveal()).isEqualTo(new Outcome.NotReady());
        assertThat(reveal()).isEqualTo(new Outcome.NotReady());

        clock.advance(FakeProvider.BOOT);
        assertThat(reveal()).isInstanceOf(Outcome.Revealed.class);
    }

    @Test
    void askingBringsUpAMachineWhoseOrderWasNeverSent() {
        id = creator.order(Rentals.keyless(clock.instant()), clock.instant().plusSeconds(9)).id();

        assertThat(reveal()).isEqualTo(new Outcome.NotReady());
        clock.advance(FakeProvider.BOOT);
        assertThat(reveal()).isInstanceOf(Outcome.Revealed.class);
    }

    @Test
    void passwordThatCannotBeReadIsNotUsedUp() {
        clock.advance(FakeProvider.BOOT);
        PasswordReveal broken = new PasswordReveal(instances, creator, new PasswordSeal(() -> "another secret"), clock);

        assertThatIllegalStateException().isThrownBy(() -> broken.reveal(instance(), soon()));
        assertThat(reveal()).isInstanceOf(Outcome.Revealed.class);
    }

    @Test
    void changeOfTheInstanceInBetweenDoesNotKeepThePassword() {
        clock.advance(FakeProvider.BOOT);
        Instance seen = creator.bringUp(instance(), soon());
        instances.save(instance().published());

        assertThat(reveal.reveal(seen, soon())).isInstanceOf(Outcome.Revealed.class);
    }

    @Test
    void machineWithAKeyHasNoPasswordFromItsFirstMomentOn() {
        id = creator.order(Rentals.ordered(24, clock.instant()), soon()).id();

        assertThat(reveal()).isEqualTo(new Outcome.NoPassword());
    }

    @Test
    void passwordOfAMachineThatEndsIsGone() {
        clock.advance(FakeProvider.BOOT);
        Instance active = creator.bringUp(instance(), soon());
        instances.save(active.terminating(InstanceState.DESTROYED, "owner_request", clock.instant()));

        assertThat(reveal.reveal(active, soon())).isEqualTo(new Outcome.Gone(InstanceState.DESTROYED));
        assertThat(reveal()).isEqualTo(new Outcome.Gone(InstanceState.DESTROYED));
    }

    private Outcome reveal() {
        return reveal.reveal(instance(), soon());
    }

    private Instance instance() {
        return instances.find(id).orElseThrow();
    }

    private Instant soon() {
        return clock.instant().plusSeconds(29);
    }

    private static <T> List<T> atOnce(Callable<T> request) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            return threads.invokeAll(Collections.nCopies(AT_ONCE, request)).stream().map(Future::resultNow).toList();
        }
    }
}
