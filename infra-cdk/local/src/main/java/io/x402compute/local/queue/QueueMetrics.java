package io.x402compute.local.queue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import io.x402compute.local.alarm.Metrics;
import io.x402compute.local.aws.MessageQueues;
import io.x402compute.local.template.Queue;

/** What SQS tells CloudWatch of its queues: once a minute, and here also when something has come or gone meanwhile. */
public final class QueueMetrics {
    private static final String NAMESPACE = "AWS/SQS";

    private final MessageQueues queues;
    private final Metrics metrics;
    private final Map<String, Look> last = new HashMap<>();

    private record Look(Instant minute, int visible, int size) {}

    public QueueMetrics(MessageQueues queues, Metrics metrics) {
        this.queues = queues;
        this.metrics = metrics;
    }

    /** Measures all queues. */
    public synchronized void measure(Instant now) {
        for (Queue queue : queues.all()) {
            Look look = new Look(now.truncatedTo(ChronoUnit.MINUTES), queues.visible(queue.arn()),
                    queues.size(queue.arn()));
            if (!look.equals(last.put(queue.name(), look))) {
                Map<String, String> dimensions = Map.of("QueueName", queue.name());
                metrics.add(NAMESPACE, "ApproximateNumberOfMessagesVisible", dimensions, now, look.visible);
                metrics.add(NAMESPACE, "ApproximateAgeOfOldestMessage", dimensions, now,
                        (double) queues.oldestAge(queue.arn()).toSeconds());
            }
        }
    }
}
