package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ManualClock;
import io.x402compute.instance.LeaseExtensions.Progress;
import io.x402compute.x402.protocol.Usdc;

/** Owners who want their leases extended: told before, and never for more than they were told or allow. */
class AutoExtenderTest {
    private static final Usdc HOURLY = new Usdc(70_800);
    private static final Usdc DAY = HOURLY.times(24);
    private static final AutoExtendTerms TERMS = new AutoExtendTerms(24, DAY.times(2));

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final FakeProvider provider = new FakeProvider(clock);
    private final FakeExtensions extensions = new FakeExtensions();
    private final List<DomainEvent> bus = new ArrayList<>();
    private final InstanceTerminator terminator = new InstanceTerminator(instances, provider, new FakeGiveBack(),
            clock);
    private final ExpirySweep sweep = new ExpirySweep(instances, terminator,
            new MachineOperations(instances, provider, clock),
            new AutoExtender(instances, extensions, UUID::randomUUID, clock), bus::addAll, clock);
    private final AutoExtendSettings settings = new AutoExtendSettings(instances);

    @Test
    void anExtensionIsAnnouncedWithTheLastWarningAndOrderedHalfAnHourBeforeTheEnd() {
        Instance lease = rent(24);

        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)).minusSeconds(1));
        assertThat(bus).isEmpty();
        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)));

        assertThat(bus).extracting(DomainEvent::type).containsExactly("InstanceAutoExtending", "InstanceExpiring");
        DomainEvent told = bus.getFirst();
        Instant at = lease.expiresAt().minus(Duration.ofMinutes(30));
        assertThat(told.detail().get("amount_micro_usdc").longValue()).isEqualTo(DAY.micros());
        assertThat(told.detail().get("extend_hours").intValue()).isEqualTo(24);
        assertThat(told.detail().get("spends_at").textValue()).isEqualTo(at.toString());
        assertThat(told.detail().get("expires_at").textValue()).isEqualTo(lease.expiresAt().toString());
        sweepUntil(at.minusSeconds(1));
        assertThat(extensions.orders()).isEmpty();
        sweepUntil(at);
        assertThat(extensions.orders()).singleElement()
                .satisfies(order -> assertThat(order.amount()).isEqualTo(DAY));
    }

    @Test
    void aLeaseOfAnHourIsAnnouncedAtOnce() {
        Instance lease = rent(1);

        sweep();

        assertThat(types()).containsExactly("InstanceAutoExtending");
        assertThat(next(lease).at()).isEqualTo(lease.expiresAt().minus(Duration.ofMinutes(30)));
    }

    @Test
    void whatIsSetLateIsWaitedForAFewMinutesAllTheSame() {
        Instance lease = rent(24, Optional.empty());
        clock.set(lease.expiresAt().minus(Duration.ofMinutes(8)));
        settings.set(current(lease), Optional.of(TERMS));

        sweep();
        assertThat(next(lease).at()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(3)));

        assertThat(extensions.orders()).isNotEmpty();
    }

    @Test
    void whatIsSetTooLateToBeAnnouncedFails() {
        Instance lease = rent(24, Optional.empty());
        clock.set(lease.expiresAt().minus(Duration.ofMinutes(6)));
        settings.set(current(lease), Optional.of(TERMS));

        sweepUntil(lease.expiresAt());

        assertThat(failures()).containsExactly("too_late");
        assertThat(extensions.orders()).isEmpty();
        assertThat(current(lease).outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void whatWouldPassTheCeilingIsNotOrderedAndItsOwnerIsToldOnceWhileThereIsTime() {
        Instance lease = rent(24, Optional.of(new AutoExtendTerms(24, new Usdc(DAY.micros() - 1))));

        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)));
        assertThat(failures()).containsExactly("ceiling_reached");
        sweepUntil(lease.expiresAt());

        assertThat(failures()).hasSize(1);
        assertThat(extensions.orders()).isEmpty();
        assertThat(current(lease).outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void whatWasSpentBeforeCountsAgainstEveryCeiling() {
        Instance lease = rent(24);
        deliver(lease);
        assertThat(wish(lease).spent()).isEqualTo(DAY);
        settings.set(current(lease), Optional.of(new AutoExtendTerms(24, DAY)));

        assertThat(wish(lease).spent()).isEqualTo(DAY);
        sweepUntil(current(lease).expiresAt().minus(Duration.ofMinutes(30)));

        assertThat(failures()).containsExactly("ceiling_reached");
    }

    @Test
    void anExtensionThatIsDeliveredIsFollowedByTheNextOneUntilTheCeiling() {
        Instance lease = rent(24);
        deliver(lease);
        deliver(lease);

        sweepUntil(lease.expiresAt().plus(Duration.ofDays(2)));

        assertThat(wish(lease).spent()).isEqualTo(DAY.times(2));
        assertThat(extensions.orders()).extracting(AnnouncedExtension::leaseEnd)
                .containsOnly(lease.expiresAt(), lease.expiresAt().plus(Duration.ofHours(24)));
        assertThat(failures()).containsExactly("ceiling_reached");
        assertThat(current(lease).outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void whatHasBecomeDearerIsAnnouncedAgainAndWaitedForAgain() {
        Instance lease = rent(24, Optional.of(new AutoExtendTerms(24, DAY.times(3))));
        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)));
        extensions.price(HOURLY.times(2));

        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(30)));
        assertThat(extensions.orders()).isEmpty();
        assertThat(next(lease).amount()).isEqualTo(DAY.times(2));
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(25)));

        assertThat(extensions.orders()).singleElement()
                .satisfies(order -> assertThat(order.amount()).isEqualTo(DAY.times(2)));
        assertThat(bus).filteredOn(event -> event.type().equals("InstanceAutoExtending"))
                .extracting(DomainEvent::id).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whatHasBecomeCheaperCostsLessThanAnnounced() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)));
        extensions.price(new Usdc(35_400));

        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(30)));

        assertThat(next(lease).amount().times(2)).isEqualTo(DAY);
    }

    @Test
    void anOwnerWithTooLittleCreditHasUntilTheAnnouncedMomentToHaveMore() {
        Instance lease = rent(24);
        extensions.covered(false);

        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(31)));
        assertThat(types()).contains("InstanceAutoExtending");
        assertThat(failures()).isEmpty();
        sweepUntil(lease.expiresAt());

        assertThat(failures()).containsExactly("insufficient_credits");
        assertThat(extensions.orders()).isEmpty();
    }

    @Test
    void whatHasFailedIsTriedAgainOnceItIsSetAgain() {
        Instance lease = rent(24);
        extensions.covered(false);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(20)));
        extensions.covered(true);

        settings.set(current(lease), Optional.of(TERMS));
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(10)));

        assertThat(extensions.orders()).isNotEmpty();
    }

    @Test
    void moreTimeThatItsOwnerBuysMakesAnAnnouncementVoid() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(40)));

        save(current(lease).extended(PaidSegment.ofHours("own", 24, HOURLY), clock.instant()));
        assertThat(wish(lease).next()).isEmpty();
        assertThat(wish(lease).spent()).isEqualTo(Usdc.ZERO);
        sweepUntil(lease.expiresAt().plus(Duration.ofHours(22)));

        assertThat(extensions.orders()).isEmpty();
        assertThat(types()).filteredOn("InstanceAutoExtending"::equals).hasSize(1);
    }

    @Test
    void aResizeMakesAnAnnouncementVoid() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(40)));
        Operation sent = Operation.sent(OperationKind.RESIZE, Optional.of(Rentals.UPGRADE), clock.instant());

        save(current(lease).operating(sent));
        save(current(lease).resized(sent.accepted(Optional.empty(), clock.instant()), clock.instant()));

        assertThat(wish(lease).next()).isEmpty();
    }

    @Test
    void whoSwitchesItOffInTimePaysNothing() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(31)));

        settings.set(current(lease), Optional.empty());
        sweepUntil(lease.expiresAt());

        assertThat(extensions.orders()).isEmpty();
        assertThat(failures()).isEmpty();
        assertThat(wish(lease).enabled()).isFalse();
        assertThat(current(lease).outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void whatIsOrderedIsNotForgottenWhenItIsSwitchedOff() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(30)));

        settings.set(current(lease), Optional.empty());
        complete(lease);

        assertThat(wish(lease).spent()).isEqualTo(DAY);
        assertThat(wish(lease).enabled()).isFalse();
    }

    @Test
    void nothingIsOrderedForWhatIsGivenUp() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(31)));

        terminator.end(current(lease), InstanceState.DESTROYED, "owner_request");
        sweepUntil(lease.expiresAt());

        assertThat(extensions.orders()).isEmpty();
        assertThat(failures()).isEmpty();
    }

    @Test
    void anOrderIsFollowedUpUnderItsIdUntilItIsDecided() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(25)));
        assertThat(extensions.orders()).hasSizeGreaterThan(1).containsOnly(extensions.orders().getFirst());

        extensions.progress(new Progress.Refused(AutoExtendFailure.INSUFFICIENT_CREDITS));
        sweepUntil(lease.expiresAt().plus(Instance.EXTENSION_GRACE));

        assertThat(failures()).containsExactly("insufficient_credits");
        assertThat(wish(lease).spent()).isEqualTo(Usdc.ZERO);
        assertThat(current(lease).outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void anOrderThatIsRefusedAfterItsOwnerBoughtTimeIsForgotten() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(30)));
        save(current(lease).extended(PaidSegment.ofHours("own", 24, HOURLY), clock.instant()));
        extensions.progress(new Progress.Refused(AutoExtendFailure.INSUFFICIENT_CREDITS));

        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(29)));

        assertThat(wish(lease).next()).isEmpty();
        assertThat(wish(lease).failure()).isEmpty();
        assertThat(failures()).isEmpty();
    }

    @Test
    void whatIsNotSoldAnyMoreFails() {
        Instance lease = rent(24);
        extensions.sold(false);

        sweepUntil(lease.expiresAt().minus(Duration.ofHours(1)));

        assertThat(failures()).containsExactly("not_extendable");
    }

    @Test
    void anEndThatNobodySawComingIsExplained() {
        Instance lease = rent(24);
        clock.set(lease.expiresAt().plusSeconds(30));

        sweep();

        assertThat(types()).containsExactly("AutoExtendFailed", "InstanceExpired");
        assertThat(failures()).containsExactly("too_late");
    }

    @Test
    void aMachineThatIsNotUpYetSpendsNothing() {
        Instance ordered = Rentals.ordered(1, clock.instant());
        instances.insert(ordered);
        settings.set(ordered, Optional.of(TERMS));

        sweepUntil(ordered.expiresAt());

        assertThat(extensions.orders()).isEmpty();
        assertThat(types()).containsExactly("InstanceFailed");
    }

    @Test
    void theSameSettingAgainLeavesTheAnnouncementAlone() {
        Instance lease = rent(24);
        sweepUntil(lease.expiresAt().minus(Duration.ofMinutes(50)));
        Instance before = current(lease);

        assertThat(settings.set(before, Optional.of(TERMS))).isEqualTo(before);
        assertThat(settings.set(before, Optional.of(new AutoExtendTerms(24, DAY))).autoExtend().orElseThrow().next())
                .isEmpty();
    }

    @Test
    void nothingIsWrittenForWhoeverSwitchesOffWhatWasNeverOn() {
        Instance lease = rent(24, Optional.empty());

        assertThat(settings.set(lease, Optional.empty())).isEqualTo(lease);
    }

    /** Until it has been ordered, and then it is there. */
    private void deliver(Instance lease) {
        sweepUntil(current(lease).expiresAt().minus(Duration.ofMinutes(30)));
        complete(lease);
    }

    private void complete(Instance lease) {
        AnnouncedExtension ordered = next(lease);
        PaidSegment bought = PaidSegment.ofHours(ordered.order().orElseThrow(), ordered.hours(), HOURLY);
        save(current(lease).extended(bought, clock.instant()));
    }

    private Instance rent(int hours) {
        return rent(hours, Optional.of(TERMS));
    }

    private Instance rent(int hours, Optional<AutoExtendTerms> terms) {
        Instant now = clock.instant();
        Instance up = Rentals.ordered(hours, now).sending(now, now).created(Rentals.machine())
                .up(Rentals.machine(), now)
                .published();
        instances.insert(up);
        return settings.set(up, terms);
    }

    /** Every minute, and then. */
    private void sweepUntil(Instant end) {
        while (clock.instant().plusSeconds(60).isBefore(end)) {
            clock.advance(Duration.ofMinutes(1));
            sweep();
        }
        clock.set(end);
        sweep();
    }

    private void sweep() {
        sweep.sweep(clock.instant().plusSeconds(55));
    }

    private void save(Instance next) {
        assertThat(instances.save(next)).isTrue();
    }

    private Instance current(Instance instance) {
        return instances.find(instance.id()).orElseThrow();
    }

    private AutoExtend wish(Instance instance) {
        return current(instance).autoExtend().orElseThrow();
    }

    private AnnouncedExtension next(Instance instance) {
        return wish(instance).next().orElseThrow();
    }

    private List<String> types() {
        return bus.stream().map(DomainEvent::type).filter(type -> !type.equals("InstanceExpiring")).toList();
    }

    private List<String> failures() {
        return bus.stream().filter(event -> event.type().equals("AutoExtendFailed"))
                .map(event -> event.detail().get("reason").textValue()).toList();
    }
}
