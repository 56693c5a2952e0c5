package io.x402compute.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.Fingerprint;
import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/** The purchase of more time for a machine, which only its owner can make. */
record TimePurchase(
        ExtendRequest request,
        Instance instance,
        String path,
        Resource resource,
        PriceList prices,
        RentalLimits limits,
        Supplier<UUID> ids,
        Clock clock)
        implements
            Purchase {

    @Override
    public Optional<Network> network() {
        return request.network();
    }

    @Override
    public String fingerprint() {
        return fingerprint(path, request);
    }

    @Override
    public Price price() {
        return price(instance, request, prices, limits, clock.instant());
    }

    /**
     * What more time costs now.
     *
     * @throws ApiException when it is not for sale
     */
    static Price price(Instance instance, ExtendRequest request, PriceList prices, RentalLimits limits, Instant now) {
        if (!instance.state().isLive() || !now.isBefore(instance.expiresAt())) {
            throw new ApiException(410, "instance_gone",
                    "The instance is " + instance.outcome().wireName() + "; provision another one");
        }
        Instant end = instance.expiresAt().plus(Duration.ofHours(request.hours()));
        if (end.isAfter(now.plus(limits.furthestEnd()))) {
            throw ApiException.badRequest("prepaid_limit_exceeded",
                    "A lease may end at most %d hours ahead".formatted(limits.maxHours()));
        }
        return prices.moreTime(instance, request.hours(), request.network());
    }

    /** A stranger learns no more than from an id that does not exist. */
    @Override
    public void admit(Wallet payer) {
        if (!instance.owner().equals(payer)) {
            throw ApiException.notFound("instance");
        }
    }

    @Override
    public OrderBinding bind() {
        return binding(new OrderId(ids.get()), instance.id(), request, path, instance.spec().plan());
    }

    /** @param pricedPlan the plan that its price is of */
    static OrderBinding binding(OrderId order, InstanceId instance, ExtendRequest request, String path,
            String pricedPlan) {
        return new OrderBinding(order, OrderKind.EXTEND.name(), instance.toString(), fingerprint(path, request),
                Json.write(request.toJson().put(OrderedRentals.PRICED_PLAN, pricedPlan)));
    }

    private static String fingerprint(String path, ExtendRequest request) {
        return Fingerprint.of("POST", path, request.toJson());
    }
}
