package io.x402compute.handler;

import java.time.Instant;
import java.util.Map;

import io.x402compute.instance.ExpirySweep;

/** Every minute: ends machines whose prepaid time is over, and goes on ending those that are not gone yet. */
public final class ExpireInstances extends Schedule {
    private final ExpirySweep sweep;

    public ExpireInstances() {
        this(System.getenv());
    }

    public ExpireInstances(Map<String, String> environment) {
        this(new Application(environment));
    }

    ExpireInstances(Application application) {
        super(application);
        sweep = application.expirySweep();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return Map.of("attended", sweep.sweep(deadline));
    }
}
