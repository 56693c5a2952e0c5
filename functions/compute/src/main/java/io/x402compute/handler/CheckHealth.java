package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.x402compute.catalog.Catalogue;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/** {@code GET /health}: whether what is sold here is still what the provider has. */
public final class CheckHealth extends Endpoint {
    /** Six refreshes missed. */
    private static final Duration FRESH = Catalogue.REFRESHED_EVERY.multipliedBy(6);

    private final Catalogue catalogue;
    private final Clock clock;

    public CheckHealth() {
        this(System.getenv());
    }

    public CheckHealth(Map<String, String> environment) {
        this(new Application(environment));
    }

    CheckHealth(Application application) {
        super(application);
        this.catalogue = application.catalogue();
        this.clock = application.clock();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Optional<Instant> refreshed = catalogue.refreshedAt();
        if (refreshed.filter(at -> at.plus(FRESH).isAfter(clock.instant())).isEmpty()) {
            throw new ApiException(503, "catalog_stale", "The catalogue was not refreshed for 30 minutes")
                    .retryAfter(Catalogue.REFRESHED_EVERY);
        }
        return ApiResponse.ok(
                Json.object().put("status", "ok").put("catalog_refreshed_at", refreshed.orElseThrow().toString()));
    }

    @Override
    protected void prime() {
        rehearse(new CheckHealth(application().rehearsal()), "GET", "/health", Map.of(), "");
    }
}
