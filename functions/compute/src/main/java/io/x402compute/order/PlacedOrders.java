package io.x402compute.order;

import java.util.Optional;
import java.util.UUID;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderBook;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Wallet;

/** What became of orders, for those who placed them and nobody else. Looking changes nothing. */
public final class PlacedOrders {
    private final OrderBook orders;
    private final InstanceStore instances;

    /**
     * An order as it is now.
     *
     * @param machine what it is about; empty where there is none
     */
    public record PlacedOrder(Claim claim, Optional<Instance> machine) {}

    public PlacedOrders(OrderBook orders, InstanceStore instances) {
        this.orders = orders;
        this.instances = instances;
    }

    /** That order, if it is this payer's. */
    public Optional<PlacedOrder> find(String id, Wallet payer) {
        return parsed(id).flatMap(order -> orders.find(payer, order))
                .map(claim -> new PlacedOrder(claim, machine(claim)));
    }

    /** As it is, or as it will be once it is paid. */
    private Optional<Instance> machine(Claim claim) {
        return switch (OrderKind.of(claim)) {
            case PROVISION, EXTEND -> InstanceId.parse(claim.order().subject()).flatMap(instances::find)
                    .or(() -> announced(claim));
            case TOPUP, RUN -> Optional.empty();
        };
    }

    private static Optional<Instance> announced(Claim claim) {
        return switch (claim.state()) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN, SETTLED ->
                switch (OrderKind.of(claim)) {
                    case PROVISION -> Optional.of(OrderedRentals.machine(claim, claim.claimedAt()));
                    case EXTEND, TOPUP, RUN -> Optional.empty();
                };
            case RUN_FAILED, SETTLE_REFUSED, FULFILLED, REFUND_DUE, CREDITED, REFUNDING, REFUND_UNKNOWN, REFUNDED ->
                Optional.empty();
        };
    }

    /** Ids have one spelling. */
    private static Optional<OrderId> parsed(String id) {
        try {
            return Optional.of(new OrderId(UUID.fromString(id))).filter(order -> order.toString().equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
