package io.x402compute.handler;

import java.util.Optional;

import io.x402compute.inference.JobDelivery;
import io.x402compute.inference.JobWorker;

/** Puts together who works jobs off. */
final class JobWork {
    private JobWork() {}

    static JobDelivery delivery(Application application) {
        JobWorker worker = (job, deadline) -> Optional.empty();
        return new JobDelivery(worker, application.jobQueue(), application.clock());
    }
}
