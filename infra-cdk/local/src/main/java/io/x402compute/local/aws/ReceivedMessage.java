package io.x402compute.local.aws;

import java.time.Instant;

/**
 * A message that somebody has received, and that is hidden from others for a while.
 *
 * @param receipt by which it is deleted, or shown to others earlier or later
 * @param sender who sent it, as SQS calls a role
 * @param firstReceivedAt the first time of all
 * @param receiveCount how often it was received by now
 */
public record ReceivedMessage(
        String id, String receipt, String body, String sender, Instant sentAt, Instant firstReceivedAt,
        int receiveCount) {

    /** By which a receiver checks that the body arrived whole. */
    public String md5() {
        return MessageQueues.md5(body);
    }
}
