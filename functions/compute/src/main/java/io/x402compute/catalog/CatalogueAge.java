package io.x402compute.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

/** Measures how old is what is offered. */
public final class CatalogueAge {
    private final Catalogue catalogue;
    private final Clock clock;

    /** @param catalogue not a remembered one */
    public CatalogueAge(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Nothing before the first refresh: then there is no offer either, and {@code GET /health} says so. */
    public List<Gauge> gauges() {
        Instant now = clock.instant();
        return catalogue.refreshedAt().map(at -> Gauge.of(Metric.CATALOGUE_AGE, Duration.between(at, now))).stream()
                .toList();
    }
}
