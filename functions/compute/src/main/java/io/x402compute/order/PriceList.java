package io.x402compute.order;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Plan;
import io.x402compute.http.ApiException;
import io.x402compute.instance.Instance;
import io.x402compute.instance.MachineSpec;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;

/** What is for sale, and for how much. A price that was quoted is honoured until its challenge has timed out. */
public final class PriceList {
    private final Catalogue catalogue;
    private final PaymentTerms terms;
    private final Clock clock;

    public PriceList(Catalogue catalogue, PaymentTerms terms, Clock clock) {
        this.catalogue = catalogue;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * The price of a new machine.
     *
     * @throws ApiException 400 when there is no such plan, or not there, or not now
     */
    Price machine(MachineSpec spec, int hours, Optional<Network> network) {
        terms.requireOffered(network);
        Plan plan = catalogue.plan(spec.plan())
                .orElseThrow(() -> ApiException.badRequest("unknown_plan", "There is no plan of that id"));
        if (!plan.soldIn(spec.region())) {
            throw ApiException.badRequest("plan_not_in_region", "The plan is not sold in that region");
        }
        if (!plan.inStock(spec.region())) {
            throw ApiException.badRequest("out_of_stock", "The plan is out of stock in that region");
        }
        if (catalogue.images().stream().noneMatch(image -> image.id() == spec.osId())) {
            throw ApiException.badRequest("unknown_os", "There is no OS image of that id");
        }
        return Price.of(hourly(plan, spec.region(), network), hours);
    }

    /** The price of more time. A plan that is no longer sold costs its present owners what it did. */
    Price moreTime(Instance instance, int hours, Optional<Network> network) {
        terms.requireOffered(network);
        MachineSpec spec = instance.spec();
        List<Usdc> hourly = catalogue.plan(spec.plan())
                .filter(plan -> plan.soldIn(spec.region()))
                .map(plan -> hourly(plan, spec.region(), network))
                .orElseGet(() -> List.of(instance.segments().getLast().hourly()));
        return Price.of(hourly, hours);
    }

    /** The same price for somebody who only asks. */
    Quote quote(Price price, Optional<Network> asked) {
        Network network = asked.orElseGet(() -> terms.networks().getFirst());
        return new Quote(price.hours(), price.hourly(), price.current(), network, terms.networks(),
                clock.instant().plus(terms.timeout(network)));
    }

    /**
     * The cheapest machine in stock, for as short as can be.
     *
     * @throws ApiException 503 while nothing is for sale
     */
    ProvisionRequest cheapest(RentalLimits limits) {
        record Offer(Plan plan, String region, Usdc hourly) {}
        Instant now = clock.instant();
        Offer offer = catalogue.plans().stream()
                .flatMap(plan -> plan.regionsInStock().stream()
                        .flatMap(region -> plan.hourlyPrice(region, now).stream()
                                .map(hourly -> new Offer(plan, region, hourly))))
                .min(Comparator.comparing(Offer::hourly).thenComparing(any -> any.plan().id()))
                .orElseThrow(() -> new ApiException(503, "catalog_empty", "Nothing is for sale right now")
                        .retryAfter(Catalogue.REFRESHED_EVERY));
        return ProvisionRequest.probe(offer.plan().id(), offer.region(), limits);
    }

    private List<Usdc> hourly(Plan plan, String region, Optional<Network> network) {
        return plan.hourlyPricesInForceSince(region, clock.instant().minus(terms.honoured(network)));
    }
}
