package io.x402compute.order;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.Fingerprint;
import io.x402compute.http.Json;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Work;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/**
 * The purchase of a run, whose owner is whoever pays.
 *
 * @param network the only one where it is to be paid; empty for any. Wherever it is, it is the same run
 * @param ids of orders
 * @param jobs ids of runs: who knows one may see the result, so they are random altogether
 */
record RunPurchase(
        RunRequest request,
        Service service,
        Resource resource,
        Optional<Network> network,
        RunPrices prices,
        Supplier<UUID> ids,
        Supplier<UUID> jobs) implements Purchase {
    /** It is called by several names, and is the same purchase by each. */
    private static final String PATH = "/v1/run";

    @Override
    public String fingerprint() {
        return Fingerprint.of("POST", PATH, request.toJson());
    }

    @Override
    public Price price() {
        return prices.price(request);
    }

    @Override
    public Optional<AmountMark> mark() {
        return prices.mark(request);
    }

    @Override
    public void admit(Wallet payer) {
        // Anybody may buy a run.
    }

    /** What takes long could not be paid any more when it is done. */
    @Override
    public boolean isPaidUpfront() {
        return service.work() == Work.QUEUED;
    }

    @Override
    public boolean isMetered() {
        return service.price().metered();
    }

    @Override
    public OrderBinding bind() {
        return new OrderBinding(new OrderId(ids.get()), OrderKind.RUN.name(), jobs.get().toString(), fingerprint(),
                Json.write(OrderedRun.stored(request, service.work(), isMetered())));
    }
}
