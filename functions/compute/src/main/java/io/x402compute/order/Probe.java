package io.x402compute.order;

import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.payment.OrderBinding;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/**
 * A look at what the route asks, by somebody who has not said what to buy.
 *
 * @param prices what the least that can be bought there costs now
 * @param isPaidUpfront as for that
 * @param missing the first field that a request to buy would have
 */
record Probe(Resource resource, Optional<Network> network, Supplier<Price> prices, boolean isPaidUpfront,
        String missing)
        implements
            Purchase {

    @Override
    public Price price() {
        return prices.get();
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

    private ApiException nothingToBuy() {
        return ApiException.badRequest("missing_field", missing + " is required");
    }
}
