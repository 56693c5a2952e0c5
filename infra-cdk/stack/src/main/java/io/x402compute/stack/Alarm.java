package io.x402compute.stack;

import java.util.Locale;

import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * An alarm as it is put down here: unless it says otherwise, one period suffices, and no data is no bad news.
 *
 * @param meaning one sentence, for whoever is woken by it
 * @param section of the runbook
 */
record Alarm(
        String id, String meaning, String section, IMetric metric, ComparisonOperator comparison, long threshold,
        int periods,
        TreatMissingData missing) {
    private static final String RUNBOOK = "functions/adr/runbook.md#";

    static Alarm atLeast(long threshold, IMetric metric, String id, String meaning) {
        return of(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold, metric, id, meaning);
    }

    static Alarm moreThan(long threshold, IMetric metric, String id, String meaning) {
        return of(ComparisonOperator.GREATER_THAN_THRESHOLD, threshold, metric, id, meaning);
    }

    static Alarm lessThan(long threshold, IMetric metric, String id, String meaning) {
        return of(ComparisonOperator.LESS_THAN_THRESHOLD, threshold, metric, id, meaning);
    }

    private static Alarm of(ComparisonOperator comparison, long threshold, IMetric metric, String id, String meaning) {
        return new Alarm(id, meaning, id, metric, comparison, threshold, 1, TreatMissingData.NOT_BREACHING);
    }

    /** Only after so many periods, one behind the other. */
    Alarm inARow(int count) {
        return new Alarm(id, meaning, section, metric, comparison, threshold, count, missing);
    }

    /** Together with others that are handled alike. */
    Alarm section(String shared) {
        return new Alarm(id, meaning, shared, metric, comparison, threshold, periods, missing);
    }

    Alarm missing(TreatMissingData treatment) {
        return new Alarm(id, meaning, section, metric, comparison, threshold, periods, treatment);
    }

    software.amazon.awscdk.services.cloudwatch.Alarm build(Construct scope) {
        return software.amazon.awscdk.services.cloudwatch.Alarm.Builder.create(scope, id)
                .alarmDescription(meaning + " " + RUNBOOK + section.toLowerCase(Locale.ROOT))
                .metric(metric)
                .comparisonOperator(comparison)
                .threshold(threshold)
                .evaluationPeriods(periods)
                .treatMissingData(missing)
                .build();
    }
}
