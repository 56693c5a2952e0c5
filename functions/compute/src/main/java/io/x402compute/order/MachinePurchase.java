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

/** The purchase of a new machine, whose owner is whoever pays. */
record MachinePurchase(
        ProvisionRequest request, String path, Resource resource, PriceList prices, Supplier<UUID> ids)
        implements
            Purchase {

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
        return prices.machine(request.spec(), request.hours(), request.network());
    }

    @Override
    public void admit(Wallet payer) {
        // Anybody may buy a machine.
    }

    @Override
    public OrderBinding bind() {
        return new OrderBinding(new OrderId(ids.get()), OrderKind.PROVISION.name(), ids.get().toString(), fingerprint(),
                Json.write(request.toJson()));
    }
}
