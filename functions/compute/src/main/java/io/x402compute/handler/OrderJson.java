package io.x402compute.handler;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
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
 * @param runs where it answers for orders of runs
 */
record OrderJson(Optional<OrderedMachines> machines, Credits credits, Optional<RunAnswers> runs) {

    /**
     * What a paid order has brought.
     *
     * @param baseUrl of links
     * @param paidStatus of the answer, where it does not depend on that
     * @return the status of the answer
     */
    int put(ObjectNode body, Ordered ordered, String baseUrl, int paidStatus) {
        return switch (OrderKind.of(ordered.claim())) {
            case PROVISION, EXTEND -> {
                putMachine(body, ordered, instance -> instance.outcome().wireName());
                yield paidStatus;
            }
            case TOPUP -> {
                putDeposit(body, ordered.claim());
                yield paidStatus;
            }
            case RUN -> runs.orElseThrow().put(body, ordered, baseUrl);
        };
    }

    /** An order of a run that came to nothing before it was paid. */
    ApiResponse failed(Claim claim, ApiRequest request) {
        return runs.orElseThrow().failed(claim, request);
    }

    /** What an order is to bring once it is known to be paid. */
    void putPending(ObjectNode body, Ordered ordered) {
        switch (OrderKind.of(ordered.claim())) {
            case PROVISION, EXTEND -> putMachine(body, ordered, instance -> "pending");
            case TOPUP -> body.put("amount", Dollars.text(ordered.claim().amount()));
            case RUN -> RunAnswers.putPending(body, ordered.claim());
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
