package io.x402compute.handler;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.catalog.CatalogueAge;
import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.order.RefundBalance;
import io.x402compute.vultr.ProviderAccount;
import io.x402compute.x402.facilitator.SettlingGas;

/**
 * Every five minutes: measures what the operator has to keep filled, and what no other schedule can tell of itself. What cannot be
 * read now is left out, and measured by a later run.
 */
public final class WatchAccounts extends Schedule {
    private final ProviderAccount provider;
    private final Optional<SettlingGas> gas;
    private final RefundBalance refunds;
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
        gas = application.settlingGas();
        refunds = application.refundBalance();
        catalogue = application.catalogueAge();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return Map.of();
    }

    @Override
    protected List<Gauge> measure(Instant deadline) {
        return Stream.of(provider.gauges(), settlements(), refunds.gauges(), catalogue.gauges()).flatMap(List::stream)
                .toList();
    }

    private List<Gauge> settlements() {
        return gas.map(SettlingGas::settlements).stream().flatMapToLong(payable -> payable.stream())
                .mapToObj(payable -> Gauge.of(Metric.PAYABLE_SETTLEMENTS, payable)).toList();
    }
}
