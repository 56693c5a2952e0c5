package io.x402compute.local.template;

import java.time.Duration;
import java.util.Map;

/**
 * A CloudWatch alarm over one metric.
 *
 * @param name its logical id
 * @param statistic what a period's values come to
 * @param periods how many of the last periods are looked at
 * @param breaching how many of those have to be beyond the threshold
 * @param missing what a period without a value counts as
 */
public record MetricAlarm(
        String name,
        String description,
        String namespace,
        String metric,
        Map<String, String> dimensions,
        Statistic statistic,
        Duration period,
        int periods,
        int breaching,
        Comparison comparison,
        double threshold,
        Missing missing) {

    public enum Statistic {
        SUM, MAXIMUM, MINIMUM, AVERAGE
    }

    public enum Comparison {
        GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL;

        /** Whether that value is beyond the threshold. */
        public boolean holds(double value, double threshold) {
            return switch (this) {
                case GREATER -> value > threshold;
                case GREATER_OR_EQUAL -> value >= threshold;
                case LESS -> value < threshold;
                case LESS_OR_EQUAL -> value <= threshold;
            };
        }
    }

    public enum Missing {
        BREACHING, NOT_BREACHING,
        /** It stays as it is. */
        IGNORE
    }
}
