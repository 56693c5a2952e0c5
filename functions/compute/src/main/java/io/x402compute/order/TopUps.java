package io.x402compute.order;

import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.RequestBody;
import io.x402compute.x402.protocol.Resource;

/** Reads from requests how much credit is to be bought. */
public final class TopUps {
    private final PaymentTerms terms;
    private final Supplier<UUID> ids;

    public TopUps(PaymentTerms terms, Supplier<UUID> ids) {
        this.terms = terms;
        this.ids = ids;
    }

    /**
     * Credit. A request without a body is a probe: it learns the least that can be bought and buys nothing.
     *
     * @param path of the route that was called
     * @param url of the same
     * @throws ApiException 400 for whatever is missing or wrong
     */
    public Purchase topUp(RequestBody body, String path, String url) {
        Resource resource = new Resource(url, "Credit for GPU machines", Purchases.JSON);
        TopUpRequest request = body.isEmpty() ? TopUpRequest.probe() : TopUpRequest.of(body);
        terms.requireOffered(request.network());
        return body.isEmpty()
                ? new Probe(resource, request.network(), () -> Price.of(request.amount()), true, "amount")
                : new CreditPurchase(request, path, resource, ids);
    }
}
