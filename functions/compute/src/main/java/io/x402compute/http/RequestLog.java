package io.x402compute.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.MetricLine;

/**
 * The one log line of a request, a scheduled run or a message. It names what happened and where, never what was sent: no headers, no
 * bodies, and no exception messages, which may quote either.
 */
final class RequestLog {
    private static final int FRAMES = 6;

    private final LambdaLogger logger;
    private final String requestId;
    private final ObjectNode line;

    RequestLog(LambdaLogger logger, String route, String requestId) {
        this.logger = logger;
        this.requestId = requestId;
        this.line = Json.object().put("request_id", requestId).put("route", route);
    }

    String requestId() {
        return requestId;
    }

    void failed(Throwable failure) {
        line.put("exception", failure.getClass().getName());
        Throwable origin = failure;
        while (origin.getCause() != null) {
            origin = origin.getCause();
            line.put("cause", origin.getClass().getName());
        }
        ArrayNode frames = line.putArray("at");
        Arrays.stream(origin.getStackTrace()).limit(FRAMES)
                .forEach(frame -> frames
                        .add(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()));
    }

    void write(ApiResponse response, long durationMillis) {
        line.put("status", response.status());
        if (response.body().hasNonNull("code")) {
            line.put("code", response.body().get("code").asText());
        }
        write(durationMillis);
    }

    void write(ObjectNode counts, List<Gauge> gauges, Instant now, long durationMillis) {
        line.setAll(counts);
        MetricLine.add(line, now, gauges);
        write(durationMillis);
    }

    void write(ObjectNode facts, long durationMillis) {
        line.setAll(facts);
        write(durationMillis);
    }

    private void write(long durationMillis) {
        logger.log(Json.write(line.put("duration_ms", durationMillis)));
    }
}
