package io.x402compute.handler;

import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchase;
import io.x402compute.order.TopUps;

/** {@code POST /compute/credits/topup}: sells credit, dollar for dollar. Whoever pays has it. */
public final class TopUpCredits extends PaidEndpoint {
    static final String PATH = "/compute/credits/topup";

    private final TopUps topUps;

    public TopUpCredits() {
        this(System.getenv());
    }

    public TopUpCredits(Map<String, String> environment) {
        this(new Application(environment));
    }

    TopUpCredits(Application application) {
        super(application, new PaymentServices(application).creditSales(), SoldHere.credit(), 200);
        topUps = new PaymentServices(application).topUps();
    }

    @Override
    Purchase wanted(ApiRequest request, RequestBody body) {
        return topUps.topUp(body, request.path(), request.url());
    }

    @Override
    protected void prime() {
        rehearse(new TopUpCredits(application().rehearsal()), "POST", PATH, RehearsedRequests.PAYING,
                RehearsedRequests.TOPUP);
    }
}
