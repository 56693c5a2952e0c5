package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ManualClock;
import io.x402compute.x402.protocol.Usdc;

/** Many machines at once, and their owners, who are told before. */
class ExpirySweepTest {
    private static final int MANY = 12;
    /** How often a silent provider is asked in one sweep. */
    private static final int ENOUGH = 3;

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
    private final List<DomainEvent> bus = new ArrayList<>();
    private final FakeExtensions extensions = new FakeExtensions();
    private boolean creditsFail;
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, (_, _, _) -> {
        if (creditsFail) {
            throw new IllegalStateException("no credits today");
        }
    }, clock);
    private final ExpirySweep sweep = new ExpirySweep(instances, terminator,
            new MachineOperations(instances, provider, clock),
            new AutoExtender(instances, extensions, UUID::randomUUID, clock), bus::addAll, clock);

    @Test
    void ownersAreWarnedADayAndAnHourBeforeTheEndAndOnceEach() {
        Instance rented = rent(48);
        clock.set(rented.expiresAt().minus(Duration.ofHours(24)).minusSeconds(1));
        sweep();
        assertThat(warnings()).isEmpty();

        for (int minute = 0; minute < 24 * 60; minute++) {
            clock.set(rented.expiresAt().minus(Duration.ofHours(24)).plusSeconds(60L * minute));
            sweep();
        }

        assertThat(warnings()).extracting(event -> event.detail().get("hours_left").longValue())
                .containsExactly(24L, 1L);
        assertThat(warnings()).extracting(DomainEvent::id).doesNotHaveDuplicates();
        assertThat(warnings()).allSatisfy(event -> assertThat(event.detail().get("expires_at").textValue())
                .isEqualTo(rented.expiresAt().toString()));
    }

    @Test
    void whoBoughtNoMoreThanThatIsNotWarnedOfIt() {
        Instance day = rent(24);
        clock.set(day.expiresAt().minusSeconds(1));
        sweep();
        assertThat(warnings()).hasSize(1);

        Instance hour = rent(1);
        clock.set(hour.expiresAt().minusSeconds(1));
        sweep();
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void anExtensionArmsTheWarningsOfItsOwnEnd() {
        Instance rented = rent(24);
        clock.set(rented.expiresAt().minus(Duration.ofMinutes(59)));
        sweep();
        Instance longer = current(rented).extended(PaidSegment.ofHours("more", 24, new Usdc(70_800)), clock.instant());
        instances.save(longer);
        for (int minute = 0; minute < 25 * 60 - 2; minute++) {
            clock.advance(Duration.ofMinutes(1));
            sweep();
        }

        assertThat(warnings()).extracting(event -> event.detail().get("hours_left").longValue())
                .containsExactly(1L, 24L, 1L);
        assertThat(warnings()).extracting(DomainEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void whoIsWarnedLateIsWarnedOnceAndOfWhatIsLeft() {
        Instance rented = rent(48);
        clock.set(rented.expiresAt().minus(Duration.ofMinutes(20)));
        sweep();
        sweep();

        assertThat(warnings()).extracting(event -> event.detail().get("hours_left").longValue()).containsExactly(1L);
    }

    @Test
    void whatIsOverIsEndedWithoutAWarning() {
        rent(48);
        clock.advance(Duration.ofHours(50));
        sweep();

        assertThat(warnings()).isEmpty();
        assertThat(provider.live()).isZero();
    }

    @Test
    void everyEndIsDecidedWhileTheProviderIsSilentAndItIsNotAskedForEachOfThem() {
        rentMany();
        clock.advance(Duration.ofHours(24));
        provider.down(true);
        int before = provider.calls().size();

        sweep();

        assertThat(instances.all()).allMatch(instance -> instance.outcome() == InstanceState.EXPIRED);
        assertThat(bus).filteredOn(event -> event.type().equals("InstanceExpired")).hasSize(MANY);
        assertThat(provider.calls().size() - before).isEqualTo(ENOUGH);
    }

    @Test
    void allAreDeletedBeforeAnyIsLookedFor() {
        rentMany();
        clock.advance(Duration.ofHours(24));
        int before = provider.calls().size();

        sweep();

        List<String> calls = provider.calls().subList(before, provider.calls().size());
        assertThat(calls).hasSize(2 * MANY);
        assertThat(calls.subList(0, MANY)).allMatch(call -> call.startsWith("DELETE"));
        assertThat(calls.subList(MANY, 2 * MANY)).allMatch(call -> call.startsWith("GET"));
    }

    @Test
    void machinesThatWillNotBeDeletedDoNotKeepTheOthersWaiting() {
        rentMany();
        clock.advance(Duration.ofHours(24));
        provider.down(true);
        for (int minute = 0; minute < 2 * MANY / ENOUGH; minute++) {
            sweep();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(provider.deletions()).as("each had its turn").containsAll(instances.all().stream()
                .map(instance -> instance.machine().orElseThrow().providerId()).toList());
    }

    @Test
    void aMachineIsDeletedEvenIfItsCreditCannotBeEnteredAndTheRunSaysSo() {
        Instance given = rent(24);
        instances.save(current(given).terminating(InstanceState.DESTROYED, "owner_request", clock.instant()));
        creditsFail = true;

        assertThatThrownBy(this::sweep).hasMessage("no credits today");

        assertThat(provider.live()).isZero();
        assertThat(current(given).owesUnusedTime()).isTrue();
        creditsFail = false;
        sweep();
        assertThat(current(given).owesUnusedTime()).isFalse();
    }

    private void rentMany() {
        for (int machine = 0; machine < MANY; machine++) {
            rent(24);
        }
        bus.clear();
    }

    private Instance rent(int hours) {
        Instance ordered = creator.order(Rentals.ordered(hours, clock.instant()), soon());
        clock.advance(InstanceTerminator.VISIBLE_BY);
        Instance up = creator.bringUp(ordered, soon());
        sweep();
        return up;
    }

    private Instance current(Instance instance) {
        return instances.find(instance.id()).orElseThrow();
    }

    private List<DomainEvent> warnings() {
        return bus.stream().filter(event -> event.type().equals("InstanceExpiring")).toList();
    }

    private void sweep() {
        sweep.sweep(soon());
    }

    private Instant soon() {
        return clock.instant().plusSeconds(29);
    }
}
