package io.x402compute.handler;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.http.RunFailed;
import io.x402compute.instance.ProviderReconciliation;
import io.x402compute.instance.ProviderReconciliation.Outcome.Abandoned;
import io.x402compute.instance.ProviderReconciliation.Outcome.Compared;
import io.x402compute.instance.ReconciliationBacklog;
import io.x402compute.metric.Gauge;

/** Every ten minutes: destroys machines at the provider that no row allows, and ends instances that have lost their machine. */
public final class ReconcileProvider extends Schedule {
    private final ProviderReconciliation reconciliation;
    private final ReconciliationBacklog backlog;

    public ReconcileProvider() {
        this(System.getenv());
    }

    public ReconcileProvider(Map<String, String> environment) {
        this(new Application(environment));
    }

    ReconcileProvider(Application application) {
        super(application);
        reconciliation = new MachineServices(application).providerReconciliation();
        backlog = new MachineServices(application).reconciliationBacklog();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return switch (reconciliation.reconcile(deadline)) {
            case Compared compared -> counts(compared);
            case Abandoned(String code) -> throw new RunFailed(code);
        };
    }

    @Override
    protected List<Gauge> measure(Instant deadline) {
        return backlog.gauges();
    }

    private static Map<String, Long> counts(Compared compared) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("machines", (long) compared.machines());
        counts.put("orphans", (long) compared.orphans());
        counts.put("missing", (long) compared.missing());
        counts.put("ended", (long) compared.ended());
        counts.put("halted", compared.halted() ? 1L : 0L);
        return counts;
    }
}
