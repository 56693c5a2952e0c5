package io.x402compute.handler;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.instance.Instance;
import io.x402compute.order.CheckoutResult.Ordered;
import io.x402compute.order.OrderKind;
import io.x402compute.order.OrderedMachines;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.PaymentState;

/**
 * What answers say of that which an order buys.
 *
 * @param machines where this function answers for orders about machines
 */
record OrderJson(Optional<OrderedMachines> machines, Credits credits) {

    /** What a paid order has brought. */
    void put(ObjectNode body, Ordered ordered) {
        switch (OrderKind.of(ordered.claim())) {
            case PROVISION, EXTEND -> putMachine(body, ordered, instance -> instance.outcome().wireName());
            case TOPUP -> putDeposit(body, ordered.claim());
        }
    }

    /** What an order is to bring once it is known to be paid. */
    void putPending(ObjectNode body, Ordered ordered) {
        switch (OrderKind.of(ordered.claim())) {
            case PROVISION, EXTEND -> putMachine(body, ordered, instance -> "pending");
            case TOPUP -> body.put("amount", Dollars.text(ordered.claim().amount()));
        }
    }

    private void putMachine(ObjectNode body, Ordered ordered, Function<Instance, String> status) {
        Instance instance = ordered.machine().orElseGet(() -> machines.orElseThrow().of(ordered.claim()));
        ObjectNode order = InstanceJson.of(instance, ordered.claim().amount(), status.apply(instance));
        body.set("order", order);
        body.set("instance", order);
    }

    /** Without a balance that the deposit is not yet in. */
    private void putDeposit(ObjectNode body, Claim claim) {
        body.put("deposited", Dollars.text(claim.amount()));
        if (claim.state() == PaymentState.FULFILLED) {
            credits.balance(claim.payer())
                    .ifPresent(balance -> body.put("new_balance", Dollars.text(balance.available())));
        }
    }
}
