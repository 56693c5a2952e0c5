package io.x402compute.handler;

import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchase;
import io.x402compute.order.Purchases;
import io.x402compute.x402.extension.Listing;

/** {@code POST /compute/provision}: sells a machine. Whoever pays owns it. */
public final class ProvisionInstance extends PaidEndpoint {
    private final Purchases purchases;

    public ProvisionInstance() {
        this(System.getenv());
    }

    public ProvisionInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    ProvisionInstance(Application application) {
        this(application, SoldHere.machine());
    }

    /** @param listing how it is called where it is served */
    ProvisionInstance(Application application, Listing listing) {
        super(application, new PaymentServices(application).machineSales(), listing, 201);
        purchases = new PaymentServices(application).purchases();
    }

    @Override
    Purchase wanted(ApiRequest request, RequestBody body) {
        return purchases.provision(body, request.path(), request.url());
    }

    @Override
    protected void prime() {
        rehearse(new ProvisionInstance(application().rehearsal()), "POST", "/compute/provision",
                RehearsedRequests.PAYING, RehearsedRequests.PROVISION);
    }
}
