package io.x402compute.handler;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.InstanceBacklog;
import io.x402compute.metric.Gauge;

/** Every minute: ends machines whose prepaid time is over, and goes on ending those that are not gone yet. */
public final class ExpireInstances extends Schedule {
    private final ExpirySweep sweep;
    private final InstanceBacklog backlog;

    public ExpireInstances() {
        this(System.getenv());
    }

    public ExpireInstances(Map<String, String> environment) {
        this(new Application(environment));
    }

    ExpireInstances(Application application) {
        super(application);
        sweep = new MachineServices(application).expirySweep();
        backlog = new MachineServices(application).instanceBacklog();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return Map.of("attended", sweep.sweep(deadline));
    }

    @Override
    protected List<Gauge> measure(Instant deadline) {
        return backlog.gauges(deadline);
    }
}
