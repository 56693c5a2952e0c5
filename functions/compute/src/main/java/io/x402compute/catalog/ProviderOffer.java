package io.x402compute.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    /** Not systems of their own, or with a licence that is charged beside the plan. */
    private static final Set<String> FAMILIES_NOT_SOLD = Set.of("iso", "snapshot", "backup", "application", "windows");

    /**
     * Asks the provider.
     *
     * @throws VultrException when a list, or the stock of every region, could not be read
     */
    static ProviderOffer read(VultrClient provider) throws VultrException {
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

    private static Map<String, Set<String>> available(VultrClient provider, List<VultrRegion> regions)
            throws VultrException {
        Map<String, Set<String>> available = new LinkedHashMap<>();
        VultrException last = null;
        for (VultrRegion region : regions) {
            try {
                available.put(region.id(), provider.availability(region.id()));
            } catch (VultrException e) {
                if (e.failure().kind() == Failure.Kind.CONFIGURATION) {
                    throw e;
                }
                last = e;
            }
        }
        if (last != null && available.isEmpty()) {
            throw last;
        }
        return available;
    }
}
