package io.x402compute.stack;

import static io.x402compute.stack.ItemAction.GET_ITEM;
import static io.x402compute.stack.ItemAction.PUT_ITEM;
import static io.x402compute.stack.ItemAction.QUERY;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

import io.x402compute.handler.WorkJobs;

/** The function that works off what waits in the queue of jobs. */
final class JobWorker extends Construct {
    /** As long as the slowest upstream that answers in one call. */
    static final Duration TIMEOUT = Duration.minutes(5);

    JobWorker(Construct scope, String id, Code code, OperatorSettings settings, Storage storage, JobQueue jobs) {
        super(scope, id);
        jobs.call(new ComputeFunction(
                this, WorkJobs.class, code, TIMEOUT, jobs.receive(), jobs.send(), settings.inference().calls(),
                settings.pricing(), settings.address(), storage.jobs().allow(GET_ITEM, PUT_ITEM),
                storage.catalog().allow(QUERY)));
    }
}
