package io.x402compute.handler;

import java.time.Instant;
import java.util.Map;

import io.x402compute.http.QueueFunction;
import io.x402compute.http.QueueMessage;
import io.x402compute.inference.JobDelivery;

/** Carries out runs that nobody could wait for: called with the ids of their jobs by the queue. */
public final class WorkJobs extends QueueFunction {
    private static final String NOBODYS_JOB = "00000000-0000-0000-0000-000000000000";

    private final Application application;
    private final JobDelivery delivery;

    public WorkJobs() {
        this(System.getenv());
    }

    public WorkJobs(Map<String, String> environment) {
        this(new Application(environment));
    }

    WorkJobs(Application application) {
        super(application.clock());
        this.application = application;
        delivery = new JobServices(application).delivery();
    }

    @Override
    protected Handled handle(QueueMessage message, Instant deadline) {
        return switch (delivery.take(message.body(), message.receipt(), deadline)) {
            case DONE -> new Handled(false, "done");
            case SENT_AGAIN -> new Handled(false, "sent_again");
            case NO_JOB -> new Handled(true, "no_job");
        };
    }

    @Override
    protected void prime() {
        rehearse(new WorkJobs(application.rehearsal()), NOBODYS_JOB);
    }

    @Override
    protected void forget() {
        application.forget();
    }
}
