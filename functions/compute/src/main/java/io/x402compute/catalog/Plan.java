package io.x402compute.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * A kind of machine.
 *
 * @param id the provider's; says nothing by its parts
 * @param name for people, such as {@code NVIDIA A16 2 GB}
 * @param type the provider's, such as {@code vc2} or {@code vcg}
 * @param diskGb gigabytes per disk
 * @param bandwidthGb gigabytes per month
 * @param monthlyCost the provider's list price in dollars, without markup
 * @param offers one per region where it is sold, or was a moment ago
 * @param missingSince since when the provider does not list it any more
 */
public record Plan(
        String id,
        String name,
        String type,
        int vcpus,
        int ramMb,
        int diskGb,
        int diskCount,
        int bandwidthGb,
        Optional<Gpu> gpu,
        BigDecimal monthlyCost,
        BigDecimal hourlyCost,
        List<RegionalOffer> offers,
        Optional<Instant> missingSince) {

    /** The price of an hour in that region; empty where it is not sold. */
    public Optional<Usdc> hourlyPrice(String region, Instant now) {
        return offer(region).flatMap(offer -> offer.hourlyPrice(now));
    }

    /** Every price that was in force there at any time since then, newest first. */
    public List<Usdc> hourlyPricesInForceSince(String region, Instant since) {
        return offer(region).map(offer -> offer.hourlyPricesInForceSince(since)).orElse(List.of());
    }

    /** The price of an hour there as of the last refresh. */
    public Optional<Usdc> currentHourlyPrice(String region) {
        return offer(region).filter(RegionalOffer::isSold).map(offer -> offer.prices().getFirst().hourly());
    }

    /** The lowest price of an hour where one can be had. */
    public Usdc lowestHourlyPrice() {
        return regionsInStock().stream().flatMap(region -> currentHourlyPrice(region).stream()).min(Usdc::compareTo)
                .orElseThrow(() -> new IllegalStateException(id + " is out of stock"));
    }

    public boolean inStock(String region) {
        return offer(region).filter(offer -> offer.isSold() && offer.inStock()).isPresent();
    }

    public boolean soldIn(String region) {
        return offer(region).filter(RegionalOffer::isSold).isPresent();
    }

    /** Where one could be had at the last look. */
    public List<String> regionsInStock() {
        return offers.stream().map(RegionalOffer::region).filter(this::inStock).toList();
    }

    public List<String> regionsSold() {
        return offers.stream().map(RegionalOffer::region).filter(this::soldIn).toList();
    }

    Optional<RegionalOffer> offer(String region) {
        return offers.stream().filter(offer -> offer.region().equals(region)).findFirst();
    }

    Plan with(List<RegionalOffer> changed, Optional<Instant> missing) {
        return new Plan(id, name, type, vcpus, ramMb, diskGb, diskCount, bandwidthGb, gpu, monthlyCost, hourlyCost,
                changed,
                missing);
    }
}
