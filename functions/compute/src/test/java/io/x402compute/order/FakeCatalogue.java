package io.x402compute.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Image;
import io.x402compute.catalog.Plan;
import io.x402compute.catalog.PricePeriod;
import io.x402compute.catalog.Region;
import io.x402compute.catalog.RegionalOffer;
import io.x402compute.x402.protocol.Usdc;

/** A catalogue of one plan in one region, whose price and stock a test can change. */
public final class FakeCatalogue implements Catalogue {
    static final String PLAN = "vcg-a16-2c-8g-2vram";
    static final String REGION = "ewr";
    static final Usdc FIRST_HOURLY = new Usdc(70_800);

    private final List<PricePeriod> prices = new ArrayList<>();
    private final List<Plan> others = new ArrayList<>();
    private boolean inStock = true;

    public FakeCatalogue(Instant now) {
        prices.add(new PricePeriod(FIRST_HOURLY, now, Optional.empty()));
    }

    void price(Usdc hourly, Instant now) {
        PricePeriod open = prices.removeFirst();
        prices.addFirst(new PricePeriod(open.hourly(), open.from(), Optional.of(now)));
        prices.addFirst(new PricePeriod(hourly, now, Optional.empty()));
    }

    /** One more plan of that kind, dearer than the first. */
    void add(String id, String type, int ramMb, Usdc hourly, String region, boolean has, Instant now) {
        RegionalOffer offer = new RegionalOffer(region, has, List.of(new PricePeriod(hourly, now, Optional.empty())));
        others.add(new Plan(id, id, type, 2, ramMb, 80, 1, 1000, Optional.empty(), new BigDecimal("86"),
                new BigDecimal("0.118"), List.of(offer), Optional.empty()));
    }

    void soldOut() {
        inStock = false;
    }

    @Override
    public List<Plan> plans() {
        RegionalOffer offer = new RegionalOffer(REGION, inStock, List.copyOf(prices));
        Plan smallest = new Plan(PLAN, "NVIDIA A16 2 GB", "vcg", 2, 8192, 50, 1, 1000, Optional.empty(),
                new BigDecimal("43"), new BigDecimal("0.059"), List.of(offer), Optional.empty());
        return Stream.concat(Stream.of(smallest), others.stream()).toList();
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
        return List.of(new Image(2284, "Ubuntu 24.04 LTS x64", "x64", "ubuntu"));
    }

    @Override
    public Optional<Image> image(long id) {
        return images().stream().filter(image -> image.id() == id).findFirst();
    }

    @Override
    public Optional<Instant> refreshedAt() {
        return Optional.empty();
    }
}
