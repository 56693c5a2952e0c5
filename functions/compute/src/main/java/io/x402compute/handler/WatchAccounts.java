package io.x402compute.handler;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.x402compute.catalog.CatalogueAge;
import io.x402compute.metric.Gauge;
import io.x402compute.vultr.ProviderAccount;

/**
 * Every five minutes: measures the operator's account at the provider, and the catalogue, whose own schedule cannot tell that it
 * does not run. What cannot be read now is left out, and measured by a later run.
 */
public final class WatchAccounts extends Schedule {
    private final ProviderAccount provider;
    private final CatalogueAge catalogue;

    public WatchAccounts() {
        this(System.getenv());
    }

    public WatchAccounts(Map<String, String> environment) {
        this(new Application(environment));
    }

    WatchAccounts(Application application) {
        super(application);
        provider = application.providerAccount();
        catalogue = application.catalogueAge();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return Map.of();
    }

    @Override
    protected List<Gauge> measure(Instant deadline) {
        return Stream.of(provider.gauges(), catalogue.gauges()).flatMap(List::stream).toList();
    }
}
