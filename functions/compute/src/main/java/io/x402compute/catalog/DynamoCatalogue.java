package io.x402compute.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;

/** The catalogue in DynamoDB. A list is one query, a plan one read; only the refresh writes. */
public final class DynamoCatalogue implements Catalogue {
    private final Table table;

    public DynamoCatalogue(Table table) {
        this.table = table;
    }

    @Override
    public List<Plan> plans() {
        return list(CatalogItems.PLAN, CatalogItems::plan);
    }

    @Override
    public List<Region> regions() {
        return list(CatalogItems.REGION, CatalogItems::region);
    }

    @Override
    public List<Image> images() {
        // Ids are kept as text, and 2284 is not before 387.
        return list(CatalogItems.IMAGE, CatalogItems::image).stream().sorted(Comparator.comparingLong(Image::id))
                .toList();
    }

    @Override
    public Optional<Plan> plan(String id) {
        return table.getEventually(CatalogItems.key(CatalogItems.PLAN, id)).map(CatalogItems::plan);
    }

    @Override
    public Optional<Image> image(long id) {
        return table.getEventually(CatalogItems.key(CatalogItems.IMAGE, Long.toString(id))).map(CatalogItems::image);
    }

    @Override
    public Optional<Instant> refreshedAt() {
        return table.getEventually(CatalogItems.key(CatalogItems.META, CatalogItems.REFRESH))
                .map(item -> item.instant("refreshed_at"));
    }

    void save(Plan plan) {
        table.put(CatalogItems.of(plan));
    }

    void save(Region region) {
        table.put(CatalogItems.of(region));
    }

    void save(Image image) {
        table.put(CatalogItems.of(image));
    }

    void remove(Plan plan) {
        table.delete(CatalogItems.key(CatalogItems.PLAN, plan.id()));
    }

    void remove(Region region) {
        table.delete(CatalogItems.key(CatalogItems.REGION, region.id()));
    }

    void remove(Image image) {
        table.delete(CatalogItems.key(CatalogItems.IMAGE, Long.toString(image.id())));
    }

    void refreshed(Instant at) {
        table.put(CatalogItems.key(CatalogItems.META, CatalogItems.REFRESH).put("refreshed_at", at));
    }

    private <T> List<T> list(String kind, Function<Item, T> read) {
        return table.query(Query.of("kind", kind)).stream().map(read).toList();
    }
}
