package io.x402compute.local.template;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.local.template.MetricAlarm.Comparison;
import io.x402compute.local.template.MetricAlarm.Missing;
import io.x402compute.local.template.MetricAlarm.Statistic;

/** Reads alarms over one metric; anything else that an alarm can be is not understood. */
final class MetricAlarms {
    private MetricAlarms() {}

    static MetricAlarm read(Resource alarm) {
        JsonNode properties = alarm.properties();
        if (!properties.has("Statistic") || properties.has("Metrics")) {
            throw new UnsupportedTemplateException("an alarm without a statistic of one metric: " + alarm.id());
        }
        int periods = properties.path("EvaluationPeriods").asInt();
        return new MetricAlarm(
                alarm.id(),
                properties.path("AlarmDescription").asText(),
                properties.path("Namespace").asText(),
                properties.path("MetricName").asText(),
                Resources.stream(properties.path("Dimensions")).collect(Collectors.toMap(
                        dimension -> dimension.path("Name").asText(), dimension -> dimension.path("Value").asText())),
                Statistic.valueOf(properties.path("Statistic").asText().toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(properties.path("Period").asInt()),
                periods,
                properties.path("DatapointsToAlarm").asInt(periods),
                comparison(properties.path("ComparisonOperator").asText()),
                properties.path("Threshold").asDouble(),
                missing(properties.path("TreatMissingData").asText()));
    }

    private static Comparison comparison(String operator) {
        return switch (operator) {
            case "GreaterThanThreshold" -> Comparison.GREATER;
            case "GreaterThanOrEqualToThreshold" -> Comparison.GREATER_OR_EQUAL;
            case "LessThanThreshold" -> Comparison.LESS;
            case "LessThanOrEqualToThreshold" -> Comparison.LESS_OR_EQUAL;
            default -> throw new UnsupportedTemplateException("the comparison " + operator);
        };
    }

    private static Missing missing(String treatment) {
        return switch (treatment) {
            case "breaching" -> Missing.BREACHING;
            case "notBreaching" -> Missing.NOT_BREACHING;
            case "ignore" -> Missing.IGNORE;
            default -> throw new UnsupportedTemplateException("missing data treated as " + treatment);
        };
    }
}
