package io.x402compute.local.template;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads queues, with what SQS takes for that which they do not say. */
final class Queues {
    private static final int VISIBILITY_SECONDS = 30;
    private static final int RETENTION_SECONDS = 345_600;

    private Queues() {}

    static Queue read(Resource queue, Resources resources) {
        JsonNode properties = queue.properties();
        if (properties.path("FifoQueue").asBoolean()) {
            throw new UnsupportedTemplateException("a FIFO queue: " + queue.id());
        }
        String url = resources.name(queue);
        String name = url.substring(url.lastIndexOf('/') + 1);
        return new Queue(
                name,
                PhysicalNames.arnOf("sqs", name),
                seconds(properties.path("VisibilityTimeout"), VISIBILITY_SECONDS),
                seconds(properties.path("DelaySeconds"), 0),
                seconds(properties.path("MessageRetentionPeriod"), RETENTION_SECONDS),
                redrive(properties.path("RedrivePolicy")));
    }

    private static Optional<Queue.Redrive> redrive(JsonNode policy) {
        return policy.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Queue.Redrive(policy.path("deadLetterTargetArn").asText(),
                        policy.path("maxReceiveCount").asInt()));
    }

    private static Duration seconds(JsonNode value, int absent) {
        return Duration.ofSeconds(value.asInt(absent));
    }
}
