package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchase;
import io.x402compute.order.Purchases;
import io.x402compute.x402.protocol.Wallet;

/** {@code POST /compute/instances/{id}/extend}: sells more time to whoever owns the machine. */
public final class ExtendInstance extends Endpoint {
    private final Authenticator authenticator;
    private final Purchases purchases;
    private final PaymentExchange exchange;

    public ExtendInstance() {
        this(System.getenv());
    }

    public ExtendInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    ExtendInstance(Application application) {
        super(application);
        Sales sales = application.timeSales();
        authenticator = application.authenticator();
        purchases = sales.purchases(application.catalogue());
        exchange = sales.exchange();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Optional<Wallet> caller = authenticator.authenticate(request);
        Purchase purchase = purchases.extend(request.pathParameter("id"), RequestBody.of(request), request.path(),
                request.url());
        return exchange.sell(request, purchase, caller, 200);
    }
}
