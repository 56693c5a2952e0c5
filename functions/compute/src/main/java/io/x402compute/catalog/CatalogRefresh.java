package io.x402compute.catalog;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.vultr.Failure;
import io.x402compute.vultr.VultrClient;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrPlan;

/**
 * Brings the catalogue up to date with the provider and writes only what has changed. An answer that is missing, empty or cut
 * short never takes anything out of the catalogue.
 */
public final class CatalogRefresh {
    private final VultrClient provider;
    private final DynamoCatalogue catalogue;
    private final Pricing pricing;
    private final Clock clock;

    /** @param markupPercent on what the provider charges us */
    public CatalogRefresh(VultrClient provider, DynamoCatalogue catalogue, int markupPercent, Clock clock) {
        this.provider = provider;
        this.catalogue = catalogue;
        this.pricing = new Pricing(markupPercent);
        this.clock = clock;
    }

    /** What came of a refresh. */
    public sealed interface Outcome {

        /**
         * The catalogue is up to date.
         *
         * @param plans that the provider sells now
         * @param changes items written or removed, of every kind
         * @param regionsUnread regions whose stock stays as it was
         */
        record Refreshed(int plans, int changes, int regionsUnread) implements Outcome {}

        /** The provider could not be read; the catalogue is as it was. */
        record ProviderFailed(Failure.Kind kind) implements Outcome {}
    }

    /** Asks the provider and writes the difference. */
    public Outcome refresh() {
        ProviderOffer offer;
        try {
            offer = ProviderOffer.read(provider);
        } catch (VultrException e) {
            return new Outcome.ProviderFailed(e.failure().kind());
        }
        if (offer.isEmpty()) {
            return new Outcome.ProviderFailed(Failure.Kind.UNAVAILABLE);
        }
        return new Outcome.Refreshed(offer.plans().size(), write(offer), offer.regionsWithoutStockRead());
    }

    /** Writes the difference, and only then that the catalogue is fresh. */
    private int write(ProviderOffer offer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Plan> known = catalogue.plans();
        Difference<Plan> plans = Difference.between(known,
                changed(known, new PlanChange(offer, pricing, now), offer.plans()),
                Plan::id);
        Difference<Region> regions = Difference.between(catalogue.regions(), regions(offer), Region::id);
        Difference<Image> images = Difference.between(catalogue.images(), images(offer), Image::id);
        plans.write(catalogue::save, catalogue::remove);
        regions.write(catalogue::save, catalogue::remove);
        images.write(catalogue::save, catalogue::remove);
        catalogue.refreshed(now);
        return plans.size() + regions.size() + images.size();
    }

    private static List<Plan> changed(List<Plan> known, PlanChange change, List<VultrPlan> listed) {
        Map<String, Plan> left = new LinkedHashMap<>();
        known.forEach(plan -> left.put(plan.id(), plan));
        List<Plan> plans = new ArrayList<>();
        listed.forEach(plan -> plans.add(change.listed(plan, Optional.ofNullable(left.remove(plan.id())))));
        left.values().forEach(plan -> plans.add(change.missing(plan)));
        return plans.stream().filter(plan -> !plan.offers().isEmpty()).toList();
    }

    private static List<Region> regions(ProviderOffer offer) {
        return offer.regions().stream()
                .map(region -> new Region(region.id(), region.city(), region.country(), region.continent())).toList();
    }

    private static List<Image> images(ProviderOffer offer) {
        return offer.images().stream().map(image -> new Image(image.id(), image.name(), image.arch(), image.family()))
                .toList();
    }
}
