package io.x402compute.local.alarm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/** Values of metrics, of the last day: counted here, or taken from log lines in CloudWatch's embedded metric format. */
public final class Metrics {
    private static final String METADATA = "_aws";
    private static final Duration KEPT = Duration.ofDays(1);

    private final Map<MetricName, Deque<Value>> series = new HashMap<>();

    private record Value(Instant at, double value) {}

    /** Adds one value. */
    public synchronized void add(String namespace, String name, Map<String, String> dimensions, Instant at,
            double value) {
        Deque<Value> values = series.computeIfAbsent(new MetricName(namespace, name, dimensions),
                metric -> new ArrayDeque<>());
        values.add(new Value(at, value));
        while (values.getFirst().at().isBefore(at.minus(KEPT))) {
            values.removeFirst();
        }
    }

    /** Adds what the line says are metrics; most lines say nothing of the kind. */
    public void read(String line) {
        if (!line.contains(METADATA)) {
            return;
        }
        try {
            read(Json.read(line));
        } catch (IOException e) {
            // Not JSON, and so for CloudWatch too a line like any other.
        }
    }

    /** Every metric there ever was, as {@code namespace name dimensions}. */
    public synchronized List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        series.keySet().forEach(metric -> names.add(named(metric.namespace(), metric.name(), metric.dimensions())));
        return List.copyOf(names);
    }

    /** How a metric is called in {@link #names}. */
    public static String named(String namespace, String name, Map<String, String> dimensions) {
        return namespace + " " + name + " " + dimensions;
    }

    /** Those after the one instant, up to the other. */
    synchronized List<Double> between(MetricName metric, Instant after, Instant until) {
        return series.getOrDefault(metric, new ArrayDeque<>())
                .stream()
                .filter(value -> value.at().isAfter(after) && !value.at().isAfter(until))
                .map(Value::value)
                .toList();
    }

    private void read(JsonNode line) {
        Instant at = Instant.ofEpochMilli(line.path(METADATA).path("Timestamp").asLong());
        for (JsonNode directive : line.path(METADATA).path("CloudWatchMetrics")) {
            String namespace = directive.path("Namespace").asText();
            for (JsonNode set : directive.path("Dimensions")) {
                Map<String, String> dimensions = new HashMap<>();
                set.forEach(name -> dimensions.put(name.asText(), line.path(name.asText()).asText()));
                directive.path("Metrics").forEach(metric -> add(namespace, metric.path("Name").asText(),
                        Map.copyOf(dimensions), at, line.path(metric.path("Name").asText()).asDouble()));
            }
        }
    }
}
