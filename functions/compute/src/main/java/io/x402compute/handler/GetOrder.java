package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.order.PlacedOrders;
import io.x402compute.order.PlacedOrders.PlacedOrder;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/orders/{id}}: what became of one of the caller's orders, for whoever has lost the answer to it. */
public final class GetOrder extends WalletEndpoint {
    /** Before the order's id. */
    static final String PATH = "/compute/orders/";

    private final PlacedOrders orders;

    public GetOrder() {
        this(System.getenv());
    }

    public GetOrder(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetOrder(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        orders = new PaymentServices(application).placedOrders();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        PlacedOrder order = orders.find(request.pathParameter("id"), caller)
                .orElseThrow(() -> ApiException.notFound("order"));
        return ApiResponse.ok(PlacedOrderJson.of(order));
    }

    @Override
    protected void prime() {
        rehearse(new GetOrder(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED, "");
    }
}
