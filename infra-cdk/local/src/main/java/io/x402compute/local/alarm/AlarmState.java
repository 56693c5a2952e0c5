package io.x402compute.local.alarm;

import java.time.Instant;

import io.x402compute.local.template.MetricAlarm;

/**
 * How an alarm stands.
 *
 * @param firing whether it would have been raised
 * @param since when it last changed
 */
public record AlarmState(MetricAlarm alarm, boolean firing, Instant since) {
    public String name() {
        return alarm.name();
    }
}
