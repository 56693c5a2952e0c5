package io.x402compute.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be had, as of the last refresh; never asks the provider. */
public interface Catalogue {
    /** How often its schedule brings it up to date. */
    Duration REFRESHED_EVERY = Duration.ofMinutes(5);

    /** Every plan, also those without stock, in the order of their ids. */
    List<Plan> plans();

    List<Region> regions();

    List<Image> images();

    /** One plan as it is now, never from a cache: what is about to be paid for. */
    Optional<Plan> plan(String id);

    /** One image, never from a cache. */
    Optional<Image> image(long id);

    /** When the provider was last seen; empty before the first refresh. */
    Optional<Instant> refreshedAt();
}
