package io.x402compute.handler;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.facilitation.FacilitationResumption;
import io.x402compute.inference.JobSending;
import io.x402compute.metric.Gauge;
import io.x402compute.order.OperatorWallets;
import io.x402compute.order.OrderBacklog;
import io.x402compute.order.OrderResumption;

/**
 * Every minute: finishes orders that a request left unfinished, from reading the chain to giving the money back, and sends runs into their queue
 * again that nobody has come for.
 */
public final class ResumeOrders extends Schedule {
    private final OrderResumption resumption;
    private final Optional<FacilitationResumption> forOthers;
    private final JobSending jobs;
    private final OrderBacklog backlog;
    private final OperatorWallets wallets;

    public ResumeOrders() {
        this(System.getenv());
    }

    public ResumeOrders(Map<String, String> environment) {
        this(new Application(environment));
    }

    ResumeOrders(Application application) {
        super(application);
        resumption = new PaymentServices(application).orderResumption();
        forOthers = new FacilitationServices(application).facilitationResumption();
        jobs = new JobServices(application).sending();
        backlog = new PaymentServices(application).orderBacklog();
        wallets = new PaymentServices(application).operatorWallets();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        try {
            return Map.of("attended", resumption.resume(deadline));
        } finally {
            // Orders come first, and do not keep the others waiting when they fail.
            jobs.sendDue(deadline);
            forOthers.ifPresent(facilitations -> facilitations.resume(deadline));
        }
    }

    @Override
    protected List<Gauge> measure(Instant deadline) {
        return Stream.of(backlog.gauges(deadline), wallets.gauges(deadline)).flatMap(List::stream).toList();
    }
}
