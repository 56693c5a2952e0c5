package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.http.ManualClock;
import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

class InstanceBacklogTest {
    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeInstances instances = new FakeInstances();
    private final InstanceBacklog backlog = new InstanceBacklog(instances, clock);

    @Test
    void machineInItsLeaseIsNothingToMeasure() {
        instances.insert(Rentals.in(InstanceState.ACTIVE).published());
        clock.advance(Duration.ofHours(24).minusSeconds(1));

        assertNothingLeft();
    }

    @Test
    void leaseThatNobodyEndsAgesFromItsEnd() {
        instances.insert(Rentals.in(InstanceState.ACTIVE).published());
        clock.advance(Duration.ofHours(24).plusMinutes(6));

        assertThat(measured()).containsEntry(Metric.OLDEST_DUE_LEASE, seconds(360))
                .containsEntry(Metric.ENDING_INSTANCES, BigDecimal.ZERO);
    }

    @Test
    void leaseThatWaitsForAnExtensionIsNotDueBeforeThat() {
        instances.insert(Rentals.in(InstanceState.ACTIVE).published().awaitingExtension());
        clock.advance(Duration.ofHours(24).plus(Instance.EXTENSION_GRACE).plusSeconds(3));

        assertThat(measured()).containsEntry(Metric.OLDEST_DUE_LEASE, seconds(3));
    }

    @Test
    void machineThatIsNotGoneAgesFromWhenItsEndWasDecidedHoweverOftenItWasAskedFor() {
        Instance ending = Rentals.in(InstanceState.TERMINATING).published();
        instances.insert(ending);
        clock.advance(Duration.ofMinutes(31));
        instances.save(ending.deletionAsked(clock.instant().plus(Duration.ofMinutes(1))));

        assertThat(measured()).containsEntry(Metric.OLDEST_ENDING_INSTANCE, seconds(31 * 60))
                .containsEntry(Metric.ENDING_INSTANCES, BigDecimal.ONE)
                .containsEntry(Metric.OLDEST_DUE_LEASE, BigDecimal.ZERO);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceState.class, names = {"DESTROYED", "EXPIRED", "FAILED"})
    void machineThatIsGoneIsNothingToMeasureButItsEvents(InstanceState state) {
        Instance gone = Rentals.in(state);
        instances.insert(gone);
        clock.advance(Duration.ofMinutes(2));
        assertThat(measured().get(Metric.OLDEST_INSTANCE_EVENT)).isPositive();

        instances.save(gone.published());
        assertNothingLeft();
    }

    @Test
    void differenceThatWasFoundIsToldUntilItIsGone() {
        FakeReconciliations reconciliations = new FakeReconciliations();
        FakeProvider provider = new FakeProvider(clock);
        ProviderReconciliation pass = new ProviderReconciliation(instances, reconciliations, provider,
                new InstanceTerminator(instances, provider, new FakeGiveBack(), clock), events -> true,
                FakeProvider.DEPLOYMENT, clock);
        provider.add(MachineKind.INSTANCE, "lost", VultrMachines.tag(FakeProvider.DEPLOYMENT));
        pass.reconcile(clock.instant().plusSeconds(300));
        ReconciliationBacklog difference = new ReconciliationBacklog(reconciliations);
        assertThat(difference.gauges()).containsExactly(Gauge.of(Metric.ORPHAN_MACHINES, 1),
                Gauge.of(Metric.RECONCILIATION_HALTED, 0));

        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(10));
            pass.reconcile(clock.instant().plusSeconds(300));
        }
        assertThat(difference.gauges()).contains(Gauge.of(Metric.ORPHAN_MACHINES, 0));
    }

    @Test
    void comparisonThatHaltsSaysSo() {
        FakeReconciliations reconciliations = new FakeReconciliations();
        FakeProvider provider = new FakeProvider(clock);
        ProviderReconciliation pass = new ProviderReconciliation(instances, reconciliations, provider,
                new InstanceTerminator(instances, provider, new FakeGiveBack(), clock), events -> true,
                FakeProvider.DEPLOYMENT, clock);
        for (int i = 0; i < 4; i++) {
            provider.add(MachineKind.INSTANCE, "lost", VultrMachines.tag(FakeProvider.DEPLOYMENT));
        }
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(10));
            pass.reconcile(clock.instant().plusSeconds(300));
        }

        assertThat(new ReconciliationBacklog(reconciliations).gauges()).containsExactly(
                Gauge.of(Metric.ORPHAN_MACHINES, 4), Gauge.of(Metric.RECONCILIATION_HALTED, 1));
    }

    private void assertNothingLeft() {
        assertThat(measured()).isNotEmpty()
                .allSatisfy((metric, value) -> assertThat(value).as(metric.name()).isZero());
    }

    private Map<Metric, BigDecimal> measured() {
        Map<Metric, BigDecimal> values = new EnumMap<>(Metric.class);
        backlog.gauges(clock.instant().plusSeconds(1)).forEach(gauge -> values.put(gauge.metric(), gauge.value()));
        return values;
    }

    private static BigDecimal seconds(long value) {
        return BigDecimal.valueOf(value);
    }
}
