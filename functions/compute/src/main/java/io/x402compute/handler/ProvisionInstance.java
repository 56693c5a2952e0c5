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

/** {@code POST /compute/provision}: sells a machine. Whoever pays owns it. */
public final class ProvisionInstance extends Endpoint {
    private final Authenticator authenticator;
    private final Purchases purchases;
    private final PaymentExchange exchange;

    public ProvisionInstance() {
        this(System.getenv());
    }

    public ProvisionInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    ProvisionInstance(Application application) {
        super(application);
        Sales sales = application.machineSales();
        authenticator = application.authenticator();
        purchases = sales.purchases(application.catalogue());
        exchange = sales.exchange();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Optional<Wallet> caller = authenticator.authenticate(request);
        Purchase purchase = purchases.provision(RequestBody.of(request), request.path(), request.url());
        return exchange.sell(request, purchase, caller, 201);
    }
}
