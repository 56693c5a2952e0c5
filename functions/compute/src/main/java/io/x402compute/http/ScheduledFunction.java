package io.x402compute.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A function that an EventBridge rule calls: it does what is due, whatever the event says, and leaves one log line with its
 * counts. A failure is thrown again, so that Lambda counts it and its alarm sees it.
 */
public abstract class ScheduledFunction extends SnapStartFunction implements RequestHandler<Map<String, Object>, Void> {
    private final Clock clock;

    protected ScheduledFunction(Clock clock) {
        this.clock = clock;
    }

    /**
     * Does what is due and stops in good time.
     *
     * @param deadline when Lambda stops the function, done or not
     * @return what was done, in the order it is logged
     * @throws RunFailed with the code to log
     */
    protected abstract Map<String, Long> run(Instant deadline);

    @Override
    public final Void handleRequest(Map<String, Object> event, Context context) {
        Instant start = clock.instant();
        RequestLog log = new RequestLog(context.getLogger(), getClass().getSimpleName(), context.getAwsRequestId());
        ObjectNode counts = Json.object();
        try {
            run(start.plusMillis(context.getRemainingTimeInMillis())).forEach(counts::put);
        } catch (RunFailed e) {
            counts.put("code", e.code());
            throw e;
        } catch (RuntimeException e) {
            log.failed(e);
            // Lambda logs what is thrown with its message, which may quote an answer of the provider or a request.
            throw new RunFailed(e.getClass().getName());
        } finally {
            log.write(counts, clock.millis() - start.toEpochMilli());
        }
        return null;
    }

    /** By default nothing: a run from the schedule has no one waiting for it. */
    @Override
    protected void prime() {}
}
