package io.x402compute.handler;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.x402compute.catalog.CatalogRefresh;
import io.x402compute.catalog.CatalogRefresh.Outcome.ProviderFailed;
import io.x402compute.catalog.CatalogRefresh.Outcome.Refreshed;
import io.x402compute.http.RunFailed;
import io.x402compute.vultr.Failure;

/** Every five minutes: brings plans, stock, prices, regions and images up to date with the provider. */
public final class RefreshCatalog extends Schedule {
    private final CatalogRefresh refresh;

    public RefreshCatalog() {
        this(System.getenv());
    }

    public RefreshCatalog(Map<String, String> environment) {
        this(new Application(environment));
    }

    RefreshCatalog(Application application) {
        super(application);
        this.refresh = application.catalogRefresh();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        return switch (refresh.refresh()) {
            case Refreshed(int plans, int changes, int regionsUnread) -> counts(plans, changes, regionsUnread);
            case ProviderFailed(Failure.Kind kind) ->
                throw new RunFailed("provider_" + kind.name().toLowerCase(Locale.ROOT));
        };
    }

    private static Map<String, Long> counts(long plans, long changes, long regionsUnread) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("plans", plans);
        counts.put("changes", changes);
        counts.put("regions_unread", regionsUnread);
        return counts;
    }
}
