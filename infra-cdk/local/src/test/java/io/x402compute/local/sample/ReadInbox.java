package io.x402compute.local.sample;

import java.util.List;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Says what it is sent; what says {@code boom} it has failed at. */
public final class ReadInbox implements RequestHandler<SQSEvent, SQSBatchResponse> {

    public ReadInbox(Map<String, String> environment) {}

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        event.getRecords().forEach(message -> context.getLogger().log(
                "read " + message.getBody() + ", " + message.getAttributes().get("ApproximateReceiveCount")));
        List<SQSBatchResponse.BatchItemFailure> failures = event.getRecords().stream()
                .filter(message -> message.getBody().equals("boom"))
                .map(message -> new SQSBatchResponse.BatchItemFailure(message.getMessageId())).toList();
        return new SQSBatchResponse(failures);
    }
}
