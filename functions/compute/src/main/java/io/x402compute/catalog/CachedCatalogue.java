package io.x402compute.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.Remembered;

/** A catalogue whose lists are read at most once a minute. */
public final class CachedCatalogue implements Catalogue {
    private static final Duration KEEP = Duration.ofSeconds(60);

    private final Catalogue source;
    private final Remembered<List<Plan>> plans;
    private final Remembered<List<Region>> regions;
    private final Remembered<List<Image>> images;

    public CachedCatalogue(Catalogue source, Clock clock) {
        this.source = source;
        this.plans = new Remembered<>(clock, KEEP, source::plans);
        this.regions = new Remembered<>(clock, KEEP, source::regions);
        this.images = new Remembered<>(clock, KEEP, source::images);
    }

    @Override
    public List<Plan> plans() {
        return plans.get();
    }

    @Override
    public List<Region> regions() {
        return regions.get();
    }

    @Override
    public List<Image> images() {
        return images.get();
    }

    @Override
    public Optional<Plan> plan(String id) {
        return source.plan(id);
    }

    @Override
    public Optional<Image> image(long id) {
        return source.image(id);
    }

    @Override
    public Optional<Instant> refreshedAt() {
        return source.refreshedAt();
    }

    /** Reads everything again when it is next asked for. */
    public void forget() {
        plans.forget();
        regions.forget();
        images.forget();
    }
}
