package io.x402compute.local.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.local.template.Queue;

/** SQS: keeps messages until whoever receives them deletes them. Functions may send and postpone; the rest is for Lambda's side of it, and for tests. */
public final class MessageQueues implements AwsService {
    private static final int LONGEST_DELAY_SECONDS = 900;
    private static final int LONGEST_INVISIBLE_SECONDS = 43_200;
    private static final String OUTSIDE = "outside";

    private final Map<String, MessageQueue> queues = new LinkedHashMap<>();

    /** Queues without messages. */
    public MessageQueues(List<Queue> queues, Clock clock) {
        queues.forEach(queue -> this.queues.put(queue.arn(), new MessageQueue(queue, clock)));
    }

    /** All of them. */
    public List<Queue> all() {
        return queues.values().stream().map(MessageQueue::queue).toList();
    }

    /** Puts a message into a queue, as somebody outside might. */
    public void send(String queueArn, String body) {
        queue(queueArn).send(body, OUTSIDE, Optional.empty());
    }

    /** Takes as many visible messages out, or as many as there are; each is hidden for as long as the queue says. */
    public List<ReceivedMessage> receive(String queueArn, int most) {
        MessageQueue queue = queue(queueArn);
        return queue.receive(most, queue.queue().redrive().map(redrive -> queue(redrive.deadLetterArn())));
    }

    /** Deletes a message that was received; once more is no error. */
    public void delete(String queueArn, String receipt) {
        queue(queueArn).delete(receipt);
    }

    /** Deletes every message. */
    public void purge(String queueArn) {
        queue(queueArn).purge();
    }

    /** How many messages could be received now. */
    public int visible(String queueArn) {
        return queue(queueArn).visible();
    }

    /** How many messages there are, those included that are hidden or delayed. */
    public int size(String queueArn) {
        return queue(queueArn).size();
    }

    /** How long ago the oldest message was sent; nothing in an empty queue. */
    public Duration oldestAge(String queueArn) {
        return queue(queueArn).oldestAge();
    }

    @Override
    public String target() {
        return "AmazonSQS";
    }

    @Override
    public List<Permission> permissions(String operation, JsonNode request) {
        return List.of(new Permission("sqs:" + operation, arn(request)));
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        JsonNode request = call.request();
        MessageQueue queue = queues.get(arn(request));
        if (queue == null) {
            throw AwsException.of("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
        }
        return switch (call.operation()) {
            case "SendMessage" -> send(queue, call.functionId(), request);
            case "ChangeMessageVisibility" -> changeVisibility(queue, request);
            default -> throw AwsException.unknownOperation(target() + "." + call.operation());
        };
    }

    private static AwsAnswer send(MessageQueue queue, String sender, JsonNode request) {
        String body = request.path("MessageBody").asText();
        if (body.isEmpty()) {
            throw AwsException.of("com.amazonaws.sqs#MissingParameter",
                    "The request must contain the parameter MessageBody.");
        }
        Optional<Duration> delay = Optional.of(request.path("DelaySeconds")).filter(JsonNode::isNumber)
                .map(seconds -> seconds(seconds, "DelaySeconds", LONGEST_DELAY_SECONDS));
        String id = queue.send(body, sender, delay);
        return AwsAnswer.json(200, Json.object().put("MessageId", id).put("MD5OfMessageBody", md5(body)));
    }

    private static AwsAnswer changeVisibility(MessageQueue queue, JsonNode request) {
        Duration timeout = seconds(request.path("VisibilityTimeout"), "VisibilityTimeout", LONGEST_INVISIBLE_SECONDS);
        if (!queue.changeVisibility(request.path("ReceiptHandle").asText(), timeout)) {
            throw AwsException.of("com.amazonaws.sqs#MessageNotInflight",
                    "The specified message isn't in flight or does not exist.");
        }
        return AwsAnswer.json(200, Json.object());
    }

    private static Duration seconds(JsonNode value, String parameter, int most) {
        if (!value.isInt() || value.intValue() < 0 || value.intValue() > most) {
            throw AwsException.of("com.amazonaws.sqs#InvalidParameterValue",
                    "Value %s for parameter %s is invalid. Reason: Must be between 0 and %d, if provided."
                            .formatted(value.asText(), parameter, most));
        }
        return Duration.ofSeconds(value.intValue());
    }

    /** What senders check that the message arrived by. */
    static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private MessageQueue queue(String arn) {
        return Optional.ofNullable(queues.get(arn))
                .orElseThrow(() -> new IllegalArgumentException("no queue " + arn));
    }

    private static String arn(JsonNode request) {
        String url = request.path("QueueUrl").asText();
        return "arn:aws:sqs:us-east-1:000000000000:" + url.substring(url.lastIndexOf('/') + 1);
    }
}
