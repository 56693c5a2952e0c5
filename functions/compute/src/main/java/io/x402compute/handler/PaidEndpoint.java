package io.x402compute.handler;

import java.util.Optional;

import io.x402compute.access.Authenticator;
import io.x402compute.access.CallKind;
import io.x402compute.access.RateLimit;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchase;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.protocol.Wallet;

/** A route that sells something. A subclass says what is wanted; the rest of a sale is the same for everything. */
abstract class PaidEndpoint extends Endpoint {
    private final Authenticator authenticator;
    private final RateLimit limit;
    private final PaymentExchange exchange;
    private final int paidStatus;

    /**
     * Of one route.
     *
     * @param route how it is called
     * @param paidStatus of the answer once the money has moved: 201 for something new, else 200
     */
    PaidEndpoint(Application application, Sales sales, Listing route, int paidStatus) {
        super(application);
        this.authenticator = new AccessServices(application).authenticator();
        this.limit = new AccessServices(application).rateLimit(CallKind.WRITES);
        this.exchange = sales.exchange(new PaymentServices(application).extensions(route));
        this.paidStatus = paidStatus;
    }

    /** What this request wants to buy. */
    abstract Purchase wanted(ApiRequest request, RequestBody body);

    /** Whether that is to be paid with credit. */
    boolean isOnCredit(ApiRequest request, RequestBody body) {
        return body.flag(CreditUse.FIELD, false);
    }

    /** How it is paid with the credit of whoever sends it. */
    CreditUse onCredit(ApiRequest request, Wallet payer) {
        return CreditUse.of(request, payer);
    }

    @Override
    protected final ApiResponse handle(ApiRequest request) {
        Optional<IdempotencyKey> key = request.idempotencyKey();
        Optional<Wallet> caller = authenticator.authenticate(request);
        return limit.serve(caller, () -> sell(request, RequestBody.of(request), caller, key));
    }

    private ApiResponse sell(ApiRequest request, RequestBody body, Optional<Wallet> caller,
            Optional<IdempotencyKey> key) {
        boolean onCredit = isOnCredit(request, body);
        Purchase wanted = wanted(request, body);
        return onCredit
                ? exchange.sellForCredit(request, wanted,
                        onCredit(request, authenticator.required(caller, request)), paidStatus)
                : exchange.sell(request, wanted, caller, key, paidStatus);
    }
}
