package io.x402compute.handler;

import java.util.Map;
import java.util.Set;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.RunRequests;
import io.x402compute.order.Purchase;
import io.x402compute.order.RunPurchases;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.protocol.Wallet;

/** {@code POST /v1/run}, and {@code POST /run}: sells one run of a model. */
public final class RunInference extends PaidEndpoint {
    static final String PATH = "/v1/run";
    /** All that it is called by. */
    static final Set<String> PATHS = Set.of(PATH, "/run");

    private final RunPurchases runs;

    public RunInference() {
        this(System.getenv());
    }

    public RunInference(Map<String, String> environment) {
        this(new Application(environment));
    }

    RunInference(Application application) {
        this(application, SoldHere.run());
    }

    /** @param listing how it is called where it is served */
    RunInference(Application application, Listing listing) {
        this(application, new RunSales(application), listing);
    }

    private RunInference(Application application, RunSales sales, Listing listing) {
        super(application, sales.sales(), listing, 200);
        runs = sales.purchases();
    }

    @Override
    Purchase wanted(ApiRequest request, RequestBody body) {
        return runs.run(body, request.header(RunRequests.PRIORITY), request.url());
    }

    /** An API key is an account here, as its holders know it from elsewhere: without another payment its credit pays. */
    @Override
    boolean isOnCredit(ApiRequest request, RequestBody body) {
        boolean keyAlone = Authenticator.hasKey(request) && !CreditUse.hasPayment(request) && !body.isEmpty();
        return body.flag(CreditUse.FIELD, keyAlone);
    }

    @Override
    CreditUse onCredit(ApiRequest request, Wallet payer) {
        return CreditUse.ofCall(request, payer);
    }

    @Override
    protected void prime() {
        rehearse(new RunInference(application().rehearsal()), "POST", PATH, RehearsedRequests.PAYING,
                RehearsedRequests.RUN);
    }
}
