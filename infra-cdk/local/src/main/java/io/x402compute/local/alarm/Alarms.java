package io.x402compute.local.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.x402compute.local.template.MetricAlarm;
import io.x402compute.local.template.MetricAlarm.Missing;

/**
 * Looks at alarms when it is told to, by the last periods up to then. CloudWatch looks every minute, cuts time at whole periods and
 * waits a little for late values; which alarm is raised in the end is the same.
 */
public final class Alarms {
    private final Metrics metrics;
    private final Instant start;
    private final Map<String, AlarmState> states = new LinkedHashMap<>();
    private final List<Consumer<AlarmState>> listeners = new ArrayList<>();

    /** @param start nobody can be silent before */
    public Alarms(Collection<MetricAlarm> alarms, Metrics metrics, Instant start) {
        this.metrics = metrics;
        this.start = start;
        alarms.forEach(alarm -> states.put(alarm.name(), new AlarmState(alarm, false, start)));
    }

    /** Is told of each alarm that is raised or cleared from now on. */
    public synchronized void onChange(Consumer<AlarmState> listener) {
        listeners.add(listener);
    }

    /** Looks at every alarm. */
    public synchronized List<AlarmState> lookAt(Instant now) {
        for (AlarmState before : List.copyOf(states.values())) {
            boolean firing = fires(before, now);
            if (firing != before.firing()) {
                AlarmState changed = new AlarmState(before.alarm(), firing, now);
                states.put(before.name(), changed);
                listeners.forEach(listener -> listener.accept(changed));
            }
        }
        return List.copyOf(states.values());
    }

    private boolean fires(AlarmState before, Instant now) {
        MetricAlarm alarm = before.alarm();
        MetricName metric = new MetricName(alarm.namespace(), alarm.metric(), alarm.dimensions());
        int seen = 0;
        int breaching = 0;
        for (int period = 0; period < alarm.periods(); period++) {
            Instant end = now.minus(alarm.period().multipliedBy(period));
            Instant begin = end.minus(alarm.period());
            List<Double> values = metrics.between(metric, begin, end);
            boolean counts = !values.isEmpty() || alarm.missing() != Missing.IGNORE;
            seen += counts ? 1 : 0;
            breaching += counts && isBeyond(alarm, values, begin) ? 1 : 0;
        }
        return seen == 0 ? before.firing() : breaching >= alarm.breaching();
    }

    private boolean isBeyond(MetricAlarm alarm, List<Double> values, Instant begin) {
        if (values.isEmpty()) {
            return alarm.missing() == Missing.BREACHING && !begin.isBefore(start);
        }
        return alarm.comparison().holds(statistic(alarm, values), alarm.threshold());
    }

    private static double statistic(MetricAlarm alarm, List<Double> values) {
        var summary = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return switch (alarm.statistic()) {
            case SUM -> summary.getSum();
            case MAXIMUM -> summary.getMax();
            case MINIMUM -> summary.getMin();
            case AVERAGE -> summary.getAverage();
        };
    }
}
