package io.x402compute.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * A plan in one region.
 *
 * @param inStock whether the provider had one at the last look
 * @param prices newest first; only the first may be open, and then the plan is sold here
 */
public record RegionalOffer(String region, boolean inStock, List<PricePeriod> prices) {

    static RegionalOffer opened(String region, boolean inStock, Usdc hourly, Instant now) {
        return new RegionalOffer(region, inStock, List.of(PricePeriod.openFrom(now, hourly)));
    }

    boolean isSold() {
        return !prices.isEmpty() && prices.getFirst().isOpen();
    }

    Optional<Usdc> hourlyPrice(Instant now) {
        return prices.stream().filter(period -> period.includes(now)).findFirst().map(PricePeriod::hourly);
    }

    List<Usdc> hourlyPricesInForceSince(Instant since) {
        return prices.stream().filter(period -> period.endsAfter(since)).map(PricePeriod::hourly).distinct().toList();
    }

    /** Sold at that price from now on; unchanged when it already is. */
    RegionalOffer soldAt(Usdc hourly, Instant now) {
        if (isSold() && prices.getFirst().hourly().equals(hourly)) {
            return this;
        }
        List<PricePeriod> next = new ArrayList<>();
        next.add(PricePeriod.openFrom(now, hourly));
        next.addAll(withdrawn(now).prices);
        return new RegionalOffer(region, inStock, List.copyOf(next));
    }

    /** Not sold any more from now on. */
    RegionalOffer withdrawn(Instant now) {
        return new RegionalOffer(region, false, prices.stream().map(period -> period.closedAt(now)).toList());
    }

    RegionalOffer withStock(boolean has) {
        return new RegionalOffer(region, has, prices);
    }

    /** Without the prices that ended before. */
    RegionalOffer forgetting(Instant before) {
        return new RegionalOffer(region, inStock, prices.stream().filter(period -> period.endsAfter(before)).toList());
    }
}
