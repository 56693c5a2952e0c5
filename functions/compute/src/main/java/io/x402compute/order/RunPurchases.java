package io.x402compute.order;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.Work;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;

/** Reads from requests what run is to be bought. */
public final class RunPurchases {
    private final Services services;
    private final RunRequests requests;
    private final RunPrices prices;
    private final PaymentTerms terms;
    private final Supplier<RunRequest> cheapest;
    private final Supplier<UUID> orders;
    private final Supplier<UUID> jobs;

    /**
     * Of these services.
     *
     * @param cheapest the cheapest run there is, or why there is none
     * @param orders ids of orders
     * @param jobs ids of runs: who knows one may see the result, so they are random altogether
     */
    public RunPurchases(Services services, RunRequests requests, RunPrices prices, PaymentTerms terms,
            Supplier<RunRequest> cheapest, Supplier<UUID> orders, Supplier<UUID> jobs) {
        this.services = services;
        this.requests = requests;
        this.prices = prices;
        this.terms = terms;
        this.cheapest = cheapest;
        this.orders = orders;
        this.jobs = jobs;
    }

    /**
     * A run. A request without a body is a probe: it learns what the cheapest one costs and buys nothing.
     *
     * @param priority as it was sent
     * @param url of the route that was called
     * @throws ApiException 400 for whatever is missing or wrong
     */
    public Purchase run(RequestBody body, Optional<String> priority, String url) {
        if (body.isEmpty()) {
            return probe(url);
        }
        RunRequest request = requests.read(body, priority);
        Optional<Network> network = ProvisionRequest.network(body);
        terms.requireOffered(network);
        Service service = services.of(request);
        return new RunPurchase(request, service, new Resource(url, service.name(), Purchases.JSON), network, prices,
                orders, jobs);
    }

    private Purchase probe(String url) {
        RunRequest least = cheapest.get();
        return new Probe(new Resource(url, "A run of a model, paid by the call", Purchases.JSON), Optional.empty(),
                () -> prices.price(least), services.of(least).work() == Work.QUEUED, "service");
    }
}
