package io.x402compute.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/**
 * A function that a queue calls. Each message leaves one log line, which has the message's own id and not its body. Messages that failed are named in the
 * answer, and come again; Lambda deletes the others.
 */
public abstract class QueueFunction extends SnapStartFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    /** Of its time, kept for what follows the work on a message. */
    private static final Duration TO_FINISH = Duration.ofSeconds(10);
    private static final String COUNT = "ApproximateReceiveCount";

    private final Clock clock;

    protected QueueFunction(Clock clock) {
        this.clock = clock;
    }

    /**
     * Does what a message asks for.
     *
     * @param deadline when there is no more time for it, done or not
     */
    protected abstract Handled handle(QueueMessage message, Instant deadline);

    /**
     * What was done with a message.
     *
     * @param failed whether it is to come again
     * @param outcome lower snake case, for the log
     */
    public record Handled(boolean failed, String outcome) {}

    @Override
    public final SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        Instant deadline = clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(TO_FINISH);
        List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            RequestLog log = new RequestLog(context.getLogger(), getClass().getSimpleName(), context.getAwsRequestId());
            if (failed(message, deadline, log)) {
                failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private boolean failed(SQSEvent.SQSMessage message, Instant deadline, RequestLog log) {
        Instant start = clock.instant();
        Handled handled;
        try {
            handled = handle(new QueueMessage(message.getBody(), message.getReceiptHandle()), deadline);
        } catch (RuntimeException e) {
            log.failed(e);
            handled = new Handled(true, "failed");
        }
        log.write(Json.object().put("message_id", message.getMessageId())
                .put("delivery", message.getAttributes().get(COUNT)).put("outcome", handled.outcome),
                clock.millis() - start.toEpochMilli());
        return handled.failed;
    }

    /** By default nothing: nobody waits for a message. */
    @Override
    protected void prime() {}

    /** What {@link #prime} can be made of: one delivery of that message by a queue that nobody has. */
    protected final void rehearse(QueueFunction twin, String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId("rehearsal");
        message.setReceiptHandle("rehearsal");
        message.setBody(body);
        message.setAttributes(Map.of(COUNT, "1"));
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message));
        twin.handleRequest(event, Rehearsal.CONTEXT);
    }
}
