package io.x402compute.handler;

import java.util.Optional;
import java.util.function.Function;

import io.x402compute.inference.DynamoJobs;
import io.x402compute.inference.HttpWebhooks;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobCancellation;
import io.x402compute.inference.JobDelivery;
import io.x402compute.inference.JobSending;
import io.x402compute.inference.JobWatch;
import io.x402compute.inference.Jobs;
import io.x402compute.inference.Notices;
import io.x402compute.inference.Pause;
import io.x402compute.inference.RunWorker;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.protocol.PaymentKey;

/** Puts together what has to do with runs once they are ordered. */
final class JobServices {
    private final Application application;

    JobServices(Application application) {
        this.application = application;
    }

    Jobs jobs() {
        return new DynamoJobs(application.table(application.settings().jobsTable()));
    }

    JobWatch watch() {
        return new JobWatch(jobs(), Pause::sleep, application.clock());
    }

    /** Sends jobs into the queue again that nobody has come for. */
    JobSending sending() {
        return new JobSending(jobs(), application.jobQueue(), application.clock());
    }

    /** Works off what comes out of the queue. */
    JobDelivery delivery() {
        InferenceServices inference = new InferenceServices(application);
        Notices notices = new Notices(jobs(), new HttpWebhooks(inference.urls()), application.settings().publicUrl(),
                application.clock());
        RunWorker worker = new RunWorker(jobs(), inference.upstreams(), inference.estimates(), application.jobQueue(),
                notices, application.clock());
        return new JobDelivery(worker, application.jobQueue(), application.clock());
    }

    JobCancellation cancellation() {
        return new JobCancellation(jobs(), application.clock());
    }

    /** Finds what has become of the money where it is owed back. */
    Function<Job, Optional<Claim>> orders() {
        PaymentLedger ledger = new PaymentServices(application).ledger();
        return job -> job.order().flatMap(key -> ledger.find(new PaymentKey(key)));
    }
}
