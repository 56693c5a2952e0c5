package io.x402compute.inference;

import java.time.Duration;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of jobs in SQS: a message is the id of a job. */
public final class SqsJobQueue implements JobQueue {
    /** What SQS lets a message wait. */
    static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final SqsClient sqs;
    private final String url;

    public SqsJobQueue(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /** @throws SdkException if it is not known to be in the queue */
    @Override
    public void send(JobId job, Duration delay) {
        sqs.sendMessage(message -> message.queueUrl(url).messageBody(job.toString()).delaySeconds(seconds(delay)));
    }

    /**
     * Lets a message that was taken out be taken out again after that time, unless it is deleted by then. Where SQS does not hear of it, it comes back
     * after the time that the queue itself says, which is longer.
     *
     * @param receipt what SQS calls the message since it was taken out
     */
    void bringBack(String receipt, Duration after) {
        try {
            sqs.changeMessageVisibility(
                    message -> message.queueUrl(url).receiptHandle(receipt).visibilityTimeout(seconds(after)));
        } catch (SdkException e) {
            // Nothing is lost: it comes back later.
        }
    }

    /** Whole ones, never too few. */
    private static int seconds(Duration wait) {
        Duration bounded = wait.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : wait;
        return Math.toIntExact(bounded.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
