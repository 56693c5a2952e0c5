package io.x402compute.handler;

import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchase;
import io.x402compute.order.Purchases;
import io.x402compute.x402.extension.Listing;

/** {@code POST /compute/instances/{id}/extend}: sells more time to whoever owns the machine. */
public final class ExtendInstance extends PaidEndpoint {
    private final Purchases purchases;

    public ExtendInstance() {
        this(System.getenv());
    }

    public ExtendInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    ExtendInstance(Application application) {
        this(application, SoldHere.time());
    }

    /** @param listing how it is called where it is served */
    ExtendInstance(Application application, Listing listing) {
        super(application, new PaymentServices(application).timeSales(), listing, 200);
        purchases = new PaymentServices(application).purchases();
    }

    @Override
    Purchase wanted(ApiRequest request, RequestBody body) {
        return purchases.extend(request.pathParameter("id"), body, request.path(), request.url());
    }

    @Override
    protected void prime() {
        rehearse(new ExtendInstance(application().rehearsal()), "POST", RehearsedRequests.LIST,
                RehearsedRequests.PAYING, "{}");
    }
}
