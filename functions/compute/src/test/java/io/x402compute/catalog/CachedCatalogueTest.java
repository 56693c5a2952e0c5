package io.x402compute.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ManualClock;

class CachedCatalogueTest {
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Growing source = new Growing();
    private final CachedCatalogue catalogue = new CachedCatalogue(source, clock);

    @Test
    void listIsReadOnceAMinute() {
        assertThat(catalogue.regions()).hasSize(1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(catalogue.regions()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(catalogue.regions()).hasSize(2);
    }

    @Test
    void forgottenListIsReadAgain() {
        catalogue.regions();
        catalogue.forget();
        assertThat(catalogue.regions()).hasSize(2);
    }

    /** Has one more region each time it is asked. */
    private static final class Growing implements Catalogue {
        private final List<Region> regions = new ArrayList<>();

        @Override
        public List<Region> regions() {
            regions.add(new Region("r" + regions.size(), "", "", ""));
            return List.copyOf(regions);
        }

        @Override
        public List<Plan> plans() {
            return List.of();
        }

        @Override
        public List<Image> images() {
            return List.of();
        }

        @Override
        public Optional<Plan> plan(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<Image> image(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> refreshedAt() {
            return Optional.empty();
        }
    }
}
