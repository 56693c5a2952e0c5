package io.x402compute.metric;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A number as it was read.
 *
 * @param value in the metric's unit
 */
public record Gauge(Metric metric, BigDecimal value) {

    public static Gauge of(Metric metric, long value) {
        return new Gauge(metric, BigDecimal.valueOf(value));
    }

    /** An age in whole seconds. A clock that trails another's makes none of them negative. */
    public static Gauge of(Metric metric, Duration age) {
        return of(metric, Math.max(0, age.toSeconds()));
    }
}
