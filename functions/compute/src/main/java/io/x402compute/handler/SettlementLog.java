package io.x402compute.handler;

import java.time.Clock;
import java.util.List;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.facilitation.SettleOutcome;
import io.x402compute.http.Json;
import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.metric.MetricLine;
import io.x402compute.x402.protocol.Network;

/** One log line for each payment that somebody has had us settle, or was refused: what the operator pays gas for. */
final class SettlementLog {
    private final Clock clock;

    SettlementLog(Clock clock) {
        this.clock = clock;
    }

    void write(SettleOutcome outcome, Network network) {
        switch (outcome) {
            case SettleOutcome.Settled settled -> write("settled", Metric.FACILITATED_SETTLEMENTS, network);
            case SettleOutcome.Failed(String reason, String message, String transaction) -> write(reason,
                    Metric.REFUSED_SETTLEMENTS, network);
            case SettleOutcome.Pending pending -> {
                // Whoever asks again has it counted.
            }
            case SettleOutcome.Unavailable unavailable -> {
                // The node's silence has alarms of its own.
            }
        }
    }

    private void write(String told, Metric counted, Network network) {
        ObjectNode line = Json.object().put("route", "Facilitator").put("network", network.caip2()).put("told", told);
        MetricLine.add(line, clock.instant(), List.of(Gauge.of(counted, 1)));
        LambdaRuntime.getLogger().log(Json.write(line));
    }
}
