package io.x402compute.handler;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.order.OrderKind;
import io.x402compute.order.OrderedRun;
import io.x402compute.order.PlacedOrders.PlacedOrder;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;

/** Orders as their payers see them, whatever has become of them. */
final class PlacedOrderJson {
    private static final String PENDING = "pending";

    private PlacedOrderJson() {}

    /** With its machine, in the fields of the answer to the request that placed it. */
    static ObjectNode of(PlacedOrder placed) {
        Claim claim = placed.claim();
        ObjectNode json = of(claim);
        placed.machine().ifPresent(machine -> {
            String status = state(claim.state()).equals(PENDING) ? PENDING : machine.outcome().wireName();
            ObjectNode instance = InstanceJson.of(machine, claim.amount(), status);
            json.set("order", instance);
            json.set("instance", instance);
        });
        return json;
    }

    /** Of a list. Amounts are in dollars and, as a challenge asks for them, in micro-USDC as text. */
    static ObjectNode of(Claim claim) {
        ObjectNode json = Json.object()
                .put("order_id", claim.order().orderId().toString())
                .put("state", state(claim.state()))
                .put("kind", claim.order().kind().toLowerCase(Locale.ROOT))
                .put("amount_usd", Dollars.of(claim.amount()))
                .put("amount", Long.toString(claim.amount().micros()))
                .put("tx_hash", claim.transaction())
                .put("created_at", claim.claimedAt().toString());
        switch (OrderKind.of(claim)) {
            case PROVISION, EXTEND -> json.put("instance_id", claim.order().subject());
            case RUN -> json.put("job_id", claim.order().subject())
                    .put("service", OrderedRun.of(claim).request().service())
                    .put("status_url", GetJob.PATH + claim.order().subject());
            case TOPUP -> {
                if (claim.state() == PaymentState.FULFILLED) {
                    json.put("deposited", Dollars.text(claim.amount()));
                }
            }
        }
        claim.terms().ifPresent(terms -> json.put("network", terms.network().caip2()));
        if (!claim.reason().isEmpty()) {
            json.put("reason", claim.reason());
        }
        claim.refund().ifPresent(refund -> json.putObject("refund")
                .put("status", claim.state() == PaymentState.REFUNDED ? "refunded" : PENDING)
                .put("tx_hash", refund.transaction()));
        if (claim.state() == PaymentState.CREDITED) {
            json.put("credited", Dollars.of(claim.amount()));
        }
        return json;
    }

    /** Outwardly it makes no difference how we have come to not knowing yet. */
    private static String state(PaymentState state) {
        return switch (state) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN -> PENDING;
            case RUN_FAILED -> "failed";
            case SETTLE_REFUSED -> "refused";
            case SETTLED -> "paid";
            case FULFILLED -> "delivered";
            case REFUND_DUE -> "refund_due";
            case REFUNDING, REFUND_UNKNOWN -> "refunding";
            case CREDITED -> "credited";
            case REFUNDED -> "refunded";
        };
    }
}
