package io.x402compute.simulation.world;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Image;
import io.x402compute.catalog.Plan;
import io.x402compute.catalog.PricePeriod;
import io.x402compute.catalog.Region;
import io.x402compute.catalog.RegionalOffer;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.protocol.Usdc;

/** One plan in one region, whose price and stock change. A function may see it as it was some minutes ago. */
public final class Shelf implements Catalogue {
    public static final String PLAN = "vcg-a16-2c-8g-2vram";
    public static final String REGION = "ewr";
    private static final int STALE_MILLIS = 300_000;
    private static final List<Image> IMAGES = List.of(new Image(2284, "Ubuntu 24.04 LTS x64", "x64", "ubuntu"));

    private record Edition(long since, Plan plan) {}

    private final Scheduler scheduler;
    private final Weather weather;
    private final List<Edition> editions = new ArrayList<>();
    private List<PricePeriod> prices;
    private boolean inStock = true;

    Shelf(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.prices = List.of(new PricePeriod(new Usdc(70_800), Instant.EPOCH, Optional.empty()));
        publish(0);
    }

    public void price(Usdc hourly) {
        Instant now = scheduler.now();
        List<PricePeriod> next = new ArrayList<>();
        next.add(new PricePeriod(hourly, now, Optional.empty()));
        next.add(new PricePeriod(prices.getFirst().hourly(), prices.getFirst().from(), Optional.of(now)));
        next.addAll(prices.subList(1, prices.size()));
        prices = List.copyOf(next);
        publish(scheduler.millis());
    }

    public void stock(boolean has) {
        inStock = has;
        publish(scheduler.millis());
    }

    private void publish(long since) {
        RegionalOffer offer = new RegionalOffer(REGION, inStock, prices);
        editions.add(new Edition(since, new Plan(PLAN, "NVIDIA A16 2 GB", "vcg", 2, 8192, 50, 1, 1000,
                Optional.empty(), new BigDecimal("43"), new BigDecimal("0.059"), List.of(offer), Optional.empty())));
    }

    @Override
    public List<Plan> plans() {
        boolean stale = weather.strikes(weather.climate().staleness(), "catalogue of some minutes ago");
        long asOf = scheduler.millis() - (stale ? weather.pick(STALE_MILLIS) : 0);
        return List.of(editions.reversed().stream().filter(edition -> edition.since <= asOf).findFirst().orElseThrow()
                .plan());
    }

    @Override
    public Optional<Plan> plan(String id) {
        return plans().stream().filter(plan -> plan.id().equals(id)).findFirst();
    }

    @Override
    public List<Region> regions() {
        return List.of();
    }

    @Override
    public List<Image> images() {
        return IMAGES;
    }

    @Override
    public Optional<Image> image(long id) {
        return IMAGES.stream().filter(image -> image.id() == id).findFirst();
    }

    @Override
    public Optional<Instant> refreshedAt() {
        return Optional.of(scheduler.now());
    }
}
