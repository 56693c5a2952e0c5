package io.x402compute.vultr;

import java.time.Duration;
import java.util.List;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

/** Measures what the operator has to keep in order at the provider: credit, and that the key is accepted. */
public final class ProviderAccount {
    private static final Duration QUICK = Duration.ofSeconds(10);

    private final VultrClient vultr;

    public ProviderAccount(VultrClient vultr) {
        this.vultr = vultr;
    }

    /** What the provider says; nothing of what it does not say, for an answer that cannot be read is not a credit of 0. */
    public List<Gauge> gauges() {
        try {
            VultrAccount account = vultr.within(QUICK).account();
            return List.of(new Gauge(Metric.PROVIDER_CREDIT, account.remainingCredit()),
                    Gauge.of(Metric.PROVIDER_UNAUTHORIZED, 0));
        } catch (VultrException e) {
            return switch (e.failure().kind()) {
                case CONFIGURATION -> List.of(Gauge.of(Metric.PROVIDER_UNAUTHORIZED, 1));
                case REFUSED, THROTTLED, UNAVAILABLE -> List.of();
            };
        }
    }
}
