package io.x402compute.local.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.aws.ReceivedMessage;

/** Messages that a function is called with at once: its event, and what its answer says of them. */
record Batch(String queueArn, List<ReceivedMessage> messages) {

    byte[] event() {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(record(message)));
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    Set<String> ids() {
        return messages.stream().map(ReceivedMessage::id).collect(Collectors.toSet());
    }

    /** The ids of those that failed. All have where the answer is no JSON, or names one that was not in the batch; none where it is empty. */
    Set<String> failed(byte[] answer) {
        Set<String> failed = new HashSet<>();
        try {
            for (JsonNode failure : Json.read(answer).path("batchItemFailures")) {
                failed.add(failure.path("itemIdentifier").asText());
            }
        } catch (IOException e) {
            return ids();
        }
        return ids().containsAll(failed) ? failed : ids();
    }

    private ObjectNode record(ReceivedMessage message) {
        ObjectNode entry = Json.object()
                .put("messageId", message.id())
                .put("receiptHandle", message.receipt())
                .put("body", message.body());
        entry.putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(message.receiveCount()))
                .put("SentTimestamp", Long.toString(message.sentAt().toEpochMilli()))
                .put("SenderId", message.sender())
                .put("ApproximateFirstReceiveTimestamp", Long.toString(message.firstReceivedAt().toEpochMilli()));
        entry.putObject("messageAttributes");
        return entry.put("md5OfBody", message.md5())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", queueArn)
                .put("awsRegion", "us-east-1");
    }
}
