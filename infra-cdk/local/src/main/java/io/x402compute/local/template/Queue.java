package io.x402compute.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue of SQS.
 *
 * @param visibilityTimeout how long a message that was received stays hidden
 * @param delay before a message is seen for the first time, unless its sender says otherwise
 * @param retention after which a message is gone, whatever became of it
 */
public record Queue(
        String name,
        String arn,
        Duration visibilityTimeout,
        Duration delay,
        Duration retention,
        Optional<Redrive> redrive) {

    /**
     * Where messages go that nobody could deal with.
     *
     * @param deadLetterArn another queue's
     * @param maxReceiveCount how often they are received before
     */
    public record Redrive(String deadLetterArn, int maxReceiveCount) {}
}
