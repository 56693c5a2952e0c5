package io.x402compute.handler;

import io.x402compute.inference.JobDelivery;
import io.x402compute.inference.JobWorker;

/** Puts together who works jobs off. */
final class JobWork {
    private JobWork() {}

    static JobDelivery delivery(Application application) {
        InferenceServices inference = new InferenceServices(application);
        JobWorker worker = new JobServices(application).worker(inference.upstreams(), inference.estimates(),
                inference.urls());
        return new JobDelivery(worker, application.jobQueue(), application.clock());
    }
}
