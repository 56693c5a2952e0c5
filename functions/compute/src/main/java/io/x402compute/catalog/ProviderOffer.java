package io.x402compute.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.x402compute.vultr.Failure;
import io.x402compute.vultr.VultrClient;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrImage;
import io.x402compute.vultr.VultrPlan;
import io.x402compute.vultr.VultrRegion;

/**
 * One look at everything the provider has.
 *
 * @param plans those that can be sold
 * @param available ids of the plans in stock, by region; a region whose stock could not be read is absent
 */
record ProviderOffer(
        List<VultrPlan> plans,
        List<VultrRegion> regions,
        List<VultrImage> images,
        Map<String, Set<String>> available) {
    /** Four rounds of calls have to fit into one run. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /** Not systems of their own, or with a licence that is charged beside the plan. */
    private static final Set<String> FAMILIES_NOT_SOLD = Set.of("iso", "snapshot", "backup", "application", "windows");

    /**
     * Asks the provider.
     *
     * @throws VultrException when a list, or the stock of every region, could not be read
     */
    static ProviderOffer read(VultrClient anyTime) throws VultrException {
        VultrClient provider = anyTime.within(PATIENCE);
        List<VultrPlan> plans = provider.plans().stream().filter(ProviderPlans::isSellable).toList();
        List<VultrRegion> regions = provider.regions();
        List<VultrImage> images = provider.operatingSystems().stream()
                .filter(image -> !FAMILIES_NOT_SOLD.contains(image.family())).toList();
        return new ProviderOffer(plans, regions, images, available(provider, regions));
    }

    /** A provider that sells nothing at all is one that did not answer properly. */
    boolean isEmpty() {
        return plans.isEmpty() || regions.isEmpty() || images.isEmpty();
    }

    int regionsWithoutStockRead() {
        return regions.size() - available.size();
    }

    /** All regions at once, at the provider's pace: one after the other they would take most of a minute. */
    private static Map<String, Set<String>> available(VultrClient provider, List<VultrRegion> regions)
            throws VultrException {
        List<Future<Stock>> stocks;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stocks = regions.stream().map(region -> threads.submit(() -> Stock.of(provider, region.id()))).toList();
        }
        Map<String, Set<String>> available = new LinkedHashMap<>();
        VultrException failure = null;
        for (Future<Stock> stock : stocks) {
            switch (stock.resultNow()) {
                case Stock.Known(String region, Set<String> plans) -> available.put(region, plans);
                case Stock.Unknown(VultrException why) -> failure = why;
            }
        }
        if (failure != null && (available.isEmpty() || failure.failure().kind() == Failure.Kind.CONFIGURATION)) {
            throw failure;
        }
        return available;
    }

    /** What one region has. */
    private sealed interface Stock {

        record Known(String region, Set<String> plans) implements Stock {}

        record Unknown(VultrException why) implements Stock {}

        static Stock of(VultrClient provider, String region) {
            try {
                return new Known(region, provider.availability(region));
            } catch (VultrException e) {
                return new Unknown(e);
            }
        }
    }
}
