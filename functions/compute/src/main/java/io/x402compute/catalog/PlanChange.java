package io.x402compute.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.x402compute.vultr.VultrPlan;
import io.x402compute.x402.protocol.Usdc;

/**
 * What becomes of a plan after a look at the provider: stock follows at once, a changed price closes the old period and opens
 * a new one, a plan that is not listed any more is kept until nobody can pay its last price.
 */
final class PlanChange {
    /** Longer than any payment may be late for a price that has changed. */
    static final Duration PRICES_KEPT = Duration.ofMinutes(10);
    /** One list without a plan may be half a list; two in a row are not. */
    static final Duration MISSING_BELIEVED = Duration.ofMinutes(8);

    private final ProviderOffer offer;
    private final Pricing pricing;
    private final Instant now;

    PlanChange(ProviderOffer offer, Pricing pricing, Instant now) {
        this.offer = offer;
        this.pricing = pricing;
        this.now = now;
    }

    /** A plan that the provider lists. */
    Plan listed(VultrPlan listed, Optional<Plan> known) {
        List<RegionalOffer> offers = new ArrayList<>();
        for (String region : listed.locations().stream().distinct().toList()) {
            Usdc hourly = pricing.hourly(listed, region);
            // A region may have a price of its own, and a price of nothing is a mistake.
            if (!hourly.equals(Usdc.ZERO)) {
                offers.add(sold(listed.id(), region, hourly, known.flatMap(plan -> plan.offer(region))));
            }
        }
        known.stream().flatMap(plan -> plan.offers().stream())
                .filter(old -> offers.stream().noneMatch(sold -> sold.region().equals(old.region())))
                .forEach(old -> offers.add(old.withdrawn(now)));
        return ProviderPlans.described(listed).with(kept(offers), Optional.empty());
    }

    /** A plan that the provider does not list; without offers once it may be forgotten. */
    Plan missing(Plan known) {
        Instant since = known.missingSince().orElse(now);
        boolean believed = !since.plus(MISSING_BELIEVED).isAfter(now);
        List<RegionalOffer> offers = known.offers().stream()
                .map(old -> believed || !old.isSold() ? old.withdrawn(now) : old.withStock(stock(known.id(), old)))
                .toList();
        return known.with(kept(offers), Optional.of(since));
    }

    private RegionalOffer sold(String planId, String region, Usdc hourly, Optional<RegionalOffer> known) {
        RegionalOffer sold = known.map(before -> before.soldAt(hourly, now))
                .orElseGet(() -> RegionalOffer.opened(region, false, hourly, now));
        return sold.withStock(stock(planId, known.orElse(sold)));
    }

    /** Where the stock could not be read, what it was. */
    private boolean stock(String planId, RegionalOffer before) {
        return Optional.ofNullable(offer.available().get(before.region())).map(ids -> ids.contains(planId))
                .orElse(before.inStock());
    }

    private List<RegionalOffer> kept(List<RegionalOffer> offers) {
        return offers.stream().map(each -> each.forgetting(now.minus(PRICES_KEPT)))
                .filter(each -> !each.prices().isEmpty())
                .sorted(Comparator.comparing(RegionalOffer::region)).toList();
    }
}
