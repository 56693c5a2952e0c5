package io.x402compute.local.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.x402compute.local.template.MetricAlarm;
import io.x402compute.local.template.MetricAlarm.Comparison;
import io.x402compute.local.template.MetricAlarm.Missing;
import io.x402compute.local.template.MetricAlarm.Statistic;

class AlarmsTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<String, String> SWEEP = Map.of("route", "Sweep");

    private final Metrics metrics = new Metrics();
    private final List<String> changes = new ArrayList<>();
    private Instant now = START;

    @Test
    void enoughPeriodsInARowRaiseAnAlarmAndOneGoodOneClearsIt() {
        Alarms alarms = watching(alarm(Statistic.MAXIMUM, 3, Comparison.GREATER, 300, Missing.NOT_BREACHING));

        look(alarms, 400, 500, 300, 301, 302);
        assertThat(changes).isEmpty();
        look(alarms, 303);
        assertThat(changes).containsExactly("Watch fires");
        look(alarms, 10);
        assertThat(changes).containsExactly("Watch fires", "Watch is cleared");
    }

    @Test
    void silenceIsBadNewsOnlyWhereTheAlarmSaysSoAndNotBeforeTheStart() {
        Alarms breaching = watching(alarm(Statistic.SUM, 3, Comparison.LESS, 1, Missing.BREACHING));
        Alarms other = watching(alarm(Statistic.SUM, 3, Comparison.LESS, 1, Missing.NOT_BREACHING));

        assertThat(fires(breaching)).isFalse();
        now = START.plus(MINUTE.multipliedBy(3));
        assertThat(fires(breaching)).isTrue();
        assertThat(fires(other)).isFalse();

        metrics.add("ours", "Age", SWEEP, now, 1);
        assertThat(fires(breaching)).isFalse();
    }

    @Test
    void whatIsIgnoredWhenMissingStaysAsItIs() {
        Alarms alarms = watching(alarm(Statistic.MINIMUM, 1, Comparison.LESS, 50, Missing.IGNORE));
        look(alarms, 10);
        assertThat(fires(alarms)).isTrue();

        now = now.plus(Duration.ofMinutes(10));
        assertThat(fires(alarms)).as("not told").isTrue();
        look(alarms, 60);
        assertThat(fires(alarms)).isFalse();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(fires(alarms)).as("not told").isFalse();
    }

    @Test
    void valuesOfAPeriodAreTakenTogether() {
        MetricAlarm sum = alarm(Statistic.SUM, 1, Comparison.GREATER_OR_EQUAL, 5, Missing.NOT_BREACHING);
        metrics.add("ours", "Age", SWEEP, now, 2);
        metrics.add("ours", "Age", SWEEP, now, 3);
        metrics.add("ours", "Age", Map.of("route", "Other"), now, 100);

        assertThat(fires(watching(sum))).isTrue();
        assertThat(fires(watching(alarm(Statistic.SUM, 1, Comparison.GREATER, 5, Missing.NOT_BREACHING)))).isFalse();
        assertThat(fires(watching(alarm(Statistic.MINIMUM, 1, Comparison.LESS_OR_EQUAL, 2, Missing.IGNORE)))).isTrue();
        assertThat(fires(watching(alarm(Statistic.AVERAGE, 1, Comparison.LESS, 2.5, Missing.IGNORE)))).isFalse();
    }

    @Test
    void metricsAreTakenOutOfLinesThatSayTheyHaveSome() {
        metrics.read("{\"route\":\"Sweep\",\"Age\":400,\"Other\":1,\"_aws\":{\"Timestamp\":%d,\"CloudWatchMetrics\":[{"
                .formatted(now.toEpochMilli())
                + "\"Namespace\":\"ours\",\"Dimensions\":[[\"route\"]],\"Metrics\":[{\"Name\":\"Age\"}]}]}}");
        metrics.read("{\"route\":\"Sweep\",\"Age\":400}");
        metrics.read("Task timed out; _aws");

        assertThat(metrics.names()).containsExactly("ours Age {route=Sweep}");
        assertThat(fires(watching(alarm(Statistic.MAXIMUM, 1, Comparison.GREATER, 399, Missing.IGNORE)))).isTrue();
    }

    private void look(Alarms alarms, double... values) {
        for (double value : values) {
            now = now.plus(MINUTE);
            metrics.add("ours", "Age", SWEEP, now, value);
            alarms.lookAt(now);
        }
    }

    private boolean fires(Alarms alarms) {
        return alarms.lookAt(now).getFirst().firing();
    }

    private Alarms watching(MetricAlarm alarm) {
        Alarms alarms = new Alarms(List.of(alarm), metrics, START);
        alarms.onChange(state -> changes.add(state.name() + (state.firing() ? " fires" : " is cleared")));
        return alarms;
    }

    private static MetricAlarm alarm(Statistic statistic, int periods, Comparison comparison, double threshold,
            Missing missing) {
        return new MetricAlarm("Watch", "", "ours", "Age", SWEEP, statistic, MINUTE, periods, periods, comparison,
                threshold, missing);
    }
}
