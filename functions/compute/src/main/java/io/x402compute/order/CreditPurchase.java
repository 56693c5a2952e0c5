package io.x402compute.order;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.Fingerprint;
import io.x402compute.http.Json;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/** The purchase of credit, which is for whoever pays. */
record CreditPurchase(TopUpRequest request, String path, Resource resource, Supplier<UUID> ids) implements Purchase {

    @Override
    public Optional<Network> network() {
        return request.network();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of("POST", path, request.toJson());
    }

    @Override
    public Price price() {
        return Price.of(request.amount());
    }

    @Override
    public void admit(Wallet payer) {
        // Anybody may have credit.
    }

    /** What is bought has no id of its own: the order is all there is. */
    @Override
    public OrderBinding bind() {
        UUID order = ids.get();
        return new OrderBinding(new OrderId(order), OrderKind.TOPUP.name(), order.toString(), fingerprint(),
                Json.write(request.toJson()));
    }
}
