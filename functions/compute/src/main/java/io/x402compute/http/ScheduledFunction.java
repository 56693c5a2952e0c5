package io.x402compute.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

/**
 * A function that an EventBridge rule calls: it does what is due, whatever the event says, then measures what is left, and
 * leaves one log line with its counts and metrics. A failure is thrown again, so that Lambda counts it and its alarm sees it.
 */
public abstract class ScheduledFunction extends SnapStartFunction implements RequestHandler<Map<String, Object>, Void> {
    /** Of its time, kept for measuring: a run that is cut off before tells of nothing. */
    private static final Duration TO_MEASURE = Duration.ofSeconds(4);
    private static final Duration TO_LOG = Duration.ofSeconds(1);

    private final Clock clock;

    protected ScheduledFunction(Clock clock) {
        this.clock = clock;
    }

    /**
     * Does what is due and stops in good time.
     *
     * @param deadline when there is no more time for it, done or not
     * @return what was done, in the order it is logged
     * @throws RunFailed with the code to log
     */
    protected abstract Map<String, Long> run(Instant deadline);

    /**
     * Measures how things stand after the run, also after one that failed.
     *
     * @param deadline when to stop reading
     */
    protected List<Gauge> measure(Instant deadline) {
        return List.of();
    }

    @Override
    public final Void handleRequest(Map<String, Object> event, Context context) {
        Instant start = clock.instant();
        Instant end = start.plusMillis(context.getRemainingTimeInMillis());
        RequestLog log = new RequestLog(context.getLogger(), getClass().getSimpleName(), context.getAwsRequestId());
        ObjectNode counts = Json.object();
        List<Gauge> gauges = new ArrayList<>(List.of(Gauge.of(Metric.RUNS, 1)));
        Optional<RunFailed> failure = attempt(log, () -> run(end.minus(TO_MEASURE)).forEach(counts::put));
        Optional<RunFailed> unmeasured = attempt(log, () -> gauges.addAll(measure(end.minus(TO_LOG))));
        failure.or(() -> unmeasured).ifPresent(failed -> counts.put("code", failed.code()));
        log.write(counts, gauges, start, clock.millis() - start.toEpochMilli());
        failure.or(() -> unmeasured).ifPresent(failed -> {
            throw failed;
        });
        return null;
    }

    private static Optional<RunFailed> attempt(RequestLog log, Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (RunFailed e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            log.failed(e);
            // Lambda logs what is thrown with its message, which may quote an answer of the provider or a request.
            return Optional.of(new RunFailed(e.getClass().getName()));
        }
    }

    /** By default nothing: a run from the schedule has no one waiting for it. */
    @Override
    protected void prime() {}
}
