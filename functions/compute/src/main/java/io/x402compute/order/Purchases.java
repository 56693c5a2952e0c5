package io.x402compute.order;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/** Reads from requests what is to be bought. */
public final class Purchases {
    static final String JSON = "application/json";

    private final PriceList prices;
    private final InstanceStore instances;
    private final RentalLimits limits;
    private final Supplier<UUID> ids;
    private final Clock clock;

    public Purchases(PriceList prices, InstanceStore instances, RentalLimits limits, Supplier<UUID> ids, Clock clock) {
        this.prices = prices;
        this.instances = instances;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A new machine. A request without a body is a probe: it learns the cheapest offer and buys nothing.
     *
     * @param path of the route that was called
     * @param url of the same
     */
    public Purchase provision(RequestBody body, String path, String url) {
        Resource resource = new Resource(url, "A GPU machine, prepaid by the hour", JSON);
        return body.isEmpty()
                ? probe(resource)
                : new MachinePurchase(ProvisionRequest.of(body, limits), path, resource,
                        prices, ids);
    }

    private Purchase probe(Resource resource) {
        ProvisionRequest cheapest = prices.cheapest(limits);
        return new Probe(resource, cheapest.network(),
                () -> prices.machine(cheapest.spec(), cheapest.hours(), cheapest.network()), true, "plan");
    }

    /**
     * What a new machine would cost.
     *
     * @param query the fields of a request for one; whatever has no bearing on the price may be left out
     * @throws ApiException when it cannot be had, as for a request for one
     */
    public Quote quote(RequestBody query) {
        ProvisionRequest request = ProvisionRequest.of(query, limits);
        return prices.quote(prices.machine(request.spec(), request.hours(), request.network()), request.network());
    }

    /**
     * What more time would cost that wallet.
     *
     * @throws ApiException when it cannot have it, as for a request for it
     */
    public Quote quoteExtension(String id, RequestBody query, Wallet owner) {
        Purchase purchase = extend(id, query, "", "");
        purchase.admit(owner);
        return prices.quote(purchase.price(), purchase.network());
    }

    /**
     * More time for a machine.
     *
     * @throws ApiException 404 when there is no such machine
     */
    public Purchase extend(String id, RequestBody body, String path, String url) {
        ExtendRequest request = ExtendRequest.of(body, limits);
        Instance instance = InstanceId.parse(id)
                .flatMap(instances::find)
                .orElseThrow(() -> ApiException.notFound("instance"));
        Resource resource = new Resource(url, "More time for a GPU machine, prepaid by the hour", JSON);
        return new TimePurchase(request, instance, path, resource, prices, limits, ids, clock);
    }
}
