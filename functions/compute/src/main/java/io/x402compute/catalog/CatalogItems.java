package io.x402compute.catalog;

import java.math.BigDecimal;
import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Usdc;

/** How the catalogue is kept: one item per plan, region and image, under its kind and id. */
final class CatalogItems {
    static final String PLAN = "plan";
    static final String REGION = "region";
    static final String IMAGE = "image";
    static final String META = "meta";
    static final String REFRESH = "refresh";

    private CatalogItems() {}

    static Item key(String kind, String id) {
        return Item.create().put("kind", kind).put("id", id);
    }

    static Item of(Plan plan) {
        Item item = key(PLAN, plan.id()).put("name", plan.name()).put("type", plan.type()).put("vcpus", plan.vcpus())
                .put("ram_mb", plan.ramMb()).put("disk_gb", plan.diskGb()).put("disk_count", plan.diskCount())
                .put("bandwidth_gb", plan.bandwidthGb()).put("monthly_cost", plan.monthlyCost().toPlainString())
                .put("hourly_cost", plan.hourlyCost().toPlainString())
                .putItems("offers", plan.offers().stream().map(CatalogItems::of).toList());
        plan.gpu().ifPresent(gpu -> item.put("gpu", Item.create().put("type", gpu.type()).put("count", gpu.count())
                .put("vram_gb", gpu.vramGb())));
        plan.missingSince().ifPresent(since -> item.put("missing_since", since));
        return item;
    }

    static Plan plan(Item item) {
        return new Plan(item.text("id"), item.text("name"), item.text("type"), item.integer("vcpus"),
                item.integer("ram_mb"),
                item.integer("disk_gb"), item.integer("disk_count"), item.integer("bandwidth_gb"), gpu(item),
                new BigDecimal(item.text("monthly_cost")), new BigDecimal(item.text("hourly_cost")),
                item.items("offers").stream().map(CatalogItems::offer).toList(), item.optionalInstant("missing_since"));
    }

    static Item of(Region region) {
        return key(REGION, region.id()).put("city", region.city()).put("country", region.country()).put("continent",
                region.continent());
    }

    static Region region(Item item) {
        return new Region(item.text("id"), item.text("city"), item.text("country"), item.text("continent"));
    }

    static Item of(Image image) {
        return key(IMAGE, Long.toString(image.id())).put("name", image.name()).put("arch", image.arch()).put("family",
                image.family());
    }

    static Image image(Item item) {
        return new Image(Long.parseLong(item.text("id")), item.text("name"), item.text("arch"), item.text("family"));
    }

    private static Optional<Gpu> gpu(Item item) {
        if (!item.has("gpu")) {
            return Optional.empty();
        }
        Item gpu = item.item("gpu");
        return Optional.of(new Gpu(gpu.text("type"), gpu.integer("count"), gpu.integer("vram_gb")));
    }

    private static Item of(RegionalOffer offer) {
        return Item.create().put("region", offer.region()).put("in_stock", offer.inStock()).putItems("prices",
                offer.prices().stream().map(CatalogItems::of).toList());
    }

    private static RegionalOffer offer(Item item) {
        return new RegionalOffer(item.text("region"), item.flag("in_stock"),
                item.items("prices").stream().map(CatalogItems::period).toList());
    }

    private static Item of(PricePeriod period) {
        Item item = Item.create().put("hourly", period.hourly().micros()).put("from", period.from());
        period.until().ifPresent(until -> item.put("until", until));
        return item;
    }

    private static PricePeriod period(Item item) {
        return new PricePeriod(new Usdc(item.number("hourly")), item.instant("from"), item.optionalInstant("until"));
    }
}
