package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Where runs wait that take longer than a caller can: messages are ids of jobs. What was delivered so many times and nothing came of is kept aside for
 * 14 days, for the operator to look at and send back.
 */
final class JobQueue extends Construct {
    private static final int DELIVERIES = 5;
    /** So many runs of the function, one behind the other, as Lambda asks for: it may have to wait for a function that is free. */
    private static final int RUNS_PER_DELIVERY = 6;

    private final Queue queue;
    private final Queue deadLetters;
    private final CfnParameter concurrency;

    /** @param timeout of the function that is called */
    JobQueue(Construct scope, String id, Duration timeout) {
        super(scope, id);
        concurrency = OperatorSettings.number(Stack.of(this), "JobConcurrency",
                "How many queued runs are worked on at once", 10, 2, 1000);
        deadLetters = queue("JobDeadLetters").retentionPeriod(Duration.days(14)).build();
        Acknowledged.finding(deadLetters, "Serverless-SQSRedrivePolicy",
                "this is the dead-letter queue, of the queue below");
        queue = queue("JobQueue")
                .retentionPeriod(Duration.days(4))
                .visibilityTimeout(Duration.seconds(timeout.toSeconds().intValue() * RUNS_PER_DELIVERY))
                .deadLetterQueue(DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(DELIVERIES).build())
                .build();
    }

    /** To put jobs into it. */
    Need send() {
        return Need.variable("JOB_QUEUE", queue.getQueueUrl()).and(allow("sqs:SendMessage"));
    }

    /** To be called with what is in it, and to say when it should come again. */
    Need receive() {
        return Need.variable("JOB_QUEUE", queue.getQueueUrl()).and(allow("sqs:ReceiveMessage", "sqs:DeleteMessage",
                "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"));
    }

    /** Has a function called, with one job at a time: a slow one keeps no other waiting. */
    void call(ComputeFunction function) {
        EventSourceMapping source = EventSourceMapping.Builder.create(this, "JobSource")
                .eventSourceArn(queue.getQueueArn())
                .target(function.live())
                .batchSize(1)
                .reportBatchItemFailures(true)
                .maxConcurrency(concurrency.getValueAsNumber())
                .build();
        Acknowledged.finding(source, "Serverless-LambdaEventSourceMappingDestination",
                "a queue has no such destination: what fails goes to its dead-letter queue");
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }

    private Queue.Builder queue(String id) {
        return Queue.Builder.create(this, id).encryption(QueueEncryption.SQS_MANAGED).enforceSsl(true);
    }

    private Need allow(String... actions) {
        return Need.allow(List.of(actions), queue.getQueueArn());
    }
}
