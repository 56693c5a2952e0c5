package io.x402compute.metric;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * CloudWatch's embedded metric format: CloudWatch Logs takes the metrics out of a log line that says which of its members
 * are some. No call, no permission, and whoever reads the log sees the same numbers.
 */
public final class MetricLine {
    /** There is one deployment in a region of an account: its bus has a fixed name. */
    public static final String NAMESPACE = "x402compute";
    /** The only dimension: the member that says which function, or whose refusal, a line tells of. */
    public static final String DIMENSION = "route";

    private MetricLine() {}

    /**
     * Turns a line into one that carries metrics.
     *
     * @param line has the member {@value #DIMENSION}
     */
    public static void add(ObjectNode line, Instant now, List<Gauge> gauges) {
        gauges.forEach(gauge -> line.put(gauge.metric().wireName(), gauge.value()));
        ObjectNode metadata = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
        ObjectNode directive = metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add(DIMENSION);
        ArrayNode metrics = directive.putArray("Metrics");
        gauges.forEach(gauge -> metrics.addObject().put("Name", gauge.metric().wireName())
                .put("Unit", gauge.metric().unitName()));
    }
}
