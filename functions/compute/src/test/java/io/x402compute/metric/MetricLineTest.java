package io.x402compute.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.http.Json;

class MetricLineTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** The form is CloudWatch's: what is not exactly so is a log line and no metric. */
    @Test
    void lineSaysWhichOfItsMembersAreMetrics() {
        ObjectNode line = Json.object().put("route", "Sweep").put("swept", 3);

        MetricLine.add(line, NOW, List.of(Gauge.of(Metric.RUNS, 1), Gauge.of(Metric.OLDEST_DUE_LEASE,
                Duration.ofSeconds(90)), new Gauge(Metric.PROVIDER_CREDIT, new BigDecimal("-0.55"))));

        assertThat(Json.write(line)).isEqualTo("{\"route\":\"Sweep\",\"swept\":3,\"Runs\":1,\"OldestDueLease\":90,"
                + "\"ProviderCredit\":-0.55,\"_aws\":{\"Timestamp\":1795262400000,\"CloudWatchMetrics\":["
                + "{\"Namespace\":\"x402compute\",\"Dimensions\":[[\"route\"]],\"Metrics\":["
                + "{\"Name\":\"Runs\",\"Unit\":\"Count\"},{\"Name\":\"OldestDueLease\",\"Unit\":\"Seconds\"},"
                + "{\"Name\":\"ProviderCredit\",\"Unit\":\"None\"}]}]}}");
    }

    @ParameterizedTest
    @EnumSource
    void nameIsWordsWithoutAnythingBetween(Metric metric) {
        assertThat(metric.wireName()).matches("([A-Z][a-z]+)+").isEqualToIgnoringCase(metric.name().replace("_", ""));
    }

    @Test
    void clockThatTrailsMakesNoAgeNegative() {
        Oldest oldest = new Oldest(NOW);
        oldest.add(NOW.plusSeconds(5));

        assertThat(oldest.age(Metric.CATALOGUE_AGE)).isEqualTo(Gauge.of(Metric.CATALOGUE_AGE, 0));
    }
}
