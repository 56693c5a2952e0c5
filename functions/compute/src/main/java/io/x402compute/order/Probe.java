package io.x402compute.order;

import io.x402compute.http.ApiException;
import io.x402compute.payment.OrderBinding;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/** A look at what the route asks, by somebody who has not said what to buy. */
record Probe(Resource resource, PriceList prices, ProvisionRequest request) implements Purchase {

    @Override
    public Network network() {
        return request.network();
    }

    @Override
    public Price price() {
        return prices.machine(request.spec(), request.hours(), request.network());
    }

    @Override
    public String fingerprint() {
        throw nothingToBuy();
    }

    @Override
    public void admit(Wallet payer) {
        // Anybody may look.
    }

    @Override
    public OrderBinding bind() {
        throw nothingToBuy();
    }

    private static ApiException nothingToBuy() {
        return ApiException.badRequest("missing_field", "plan is required");
    }
}
