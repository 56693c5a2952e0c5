package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.page.Page;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderBook;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/orders}: what became of each of the caller's orders, newest first; page by page. */
public final class ListOrders extends WalletEndpoint {
    private final OrderBook orders;

    public ListOrders() {
        this(System.getenv());
    }

    public ListOrders(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListOrders(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        orders = new PaymentServices(application).orderBook();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ListQuery query = ListQuery.of(request, caller);
        Page<Claim> page = orders.paidBy(caller, query.page(Optional.empty()));
        return ApiResponse.ok(query.answer("orders", page, PlacedOrderJson::of));
    }

    @Override
    protected void prime() {
        rehearse(new ListOrders(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
