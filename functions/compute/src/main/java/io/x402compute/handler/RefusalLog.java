package io.x402compute.handler;

import java.time.Clock;
import java.util.List;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.FailureReason;
import io.x402compute.instance.MachineProvider.Creation.Refused;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.RefusedCreates;
import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.metric.MetricLine;

/** One log line for each machine that the provider refused, with its words, of which the customer hears nothing. */
final class RefusalLog implements RefusedCreates.Report {
    private static final int LONGEST_TEXT = 300;

    private final Clock clock;

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void refused(String operationId, MachineSpec spec, Refused refusal) {
        LambdaRuntime.getLogger().log(Json.write(line(operationId, spec, refusal)));
    }

    private ObjectNode line(String operationId, MachineSpec spec, Refused refusal) {
        ObjectNode line = Json.object()
                .put("route", "Provider")
                .put("operation", operationId)
                .put("plan", spec.plan())
                .put("region", spec.region())
                .put("code", refusal.reason().code())
                .put("text", sanitized(refusal.text()));
        MetricLine.add(line, clock.instant(), List.of(Gauge.of(Metric.REFUSED_CREATES, 1),
                Gauge.of(Metric.UNAUTHORIZED_CREATES,
                        refusal.reason() == FailureReason.PROVIDER_UNAUTHORIZED ? 1 : 0)));
        return line;
    }

    private static String sanitized(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() > LONGEST_TEXT ? oneLine.substring(0, LONGEST_TEXT) : oneLine;
    }
}
