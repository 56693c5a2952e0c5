package io.x402compute.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.Json;

/** The events the ledger causes. */
final class PaymentEvents {
    private PaymentEvents() {}

    /** @param transaction empty where it was paid with credit */
    static DomainEvent settled(Claim claim, String transaction, Instant now) {
        ObjectNode detail = about(claim);
        if (!transaction.isEmpty()) {
            detail.put("transaction", transaction);
        }
        return event("PaymentSettled", claim, now, detail);
    }

    static DomainEvent credited(Claim claim, Instant now) {
        return event("CreditIssued", claim, now, about(claim).put("reason", claim.reason()));
    }

    /** @param transaction of the refund */
    static DomainEvent refunded(Claim claim, String transaction, Instant now) {
        return event("RefundIssued", claim, now,
                about(claim).put("reason", claim.reason()).put("transaction", transaction));
    }

    static List<DomainEvent> append(List<DomainEvent> pending, DomainEvent... caused) {
        List<DomainEvent> all = new ArrayList<>(pending);
        all.addAll(List.of(caused));
        return all;
    }

    private static ObjectNode about(Claim claim) {
        ObjectNode detail = Json.object()
                .put("order_id", claim.order().orderId().toString())
                .put("kind", claim.order().kind())
                .put("subject_id", claim.order().subject())
                .put("wallet", claim.payer().address())
                .put("amount_micro_usdc", claim.amount().micros());
        claim.terms().ifPresent(terms -> detail.put("network", terms.network().caip2()));
        return detail;
    }

    /** One order causes each of these events once, so type and order make the id. */
    private static DomainEvent event(String type, Claim claim, Instant now, ObjectNode detail) {
        return new DomainEvent(type + "/" + claim.order().orderId(), type, now, detail);
    }
}
