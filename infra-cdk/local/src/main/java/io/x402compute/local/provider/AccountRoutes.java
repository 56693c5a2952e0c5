package io.x402compute.local.provider;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The operator's account. Credit paid in advance is a negative balance. */
final class AccountRoutes {
    private final Machines machines;
    private BigDecimal balance = BigDecimal.valueOf(-10_000);

    AccountRoutes(Machines machines) {
        this.machines = machines;
    }

    void addTo(Routes routes) {
        routes.keyed("GET", "/account", _ -> account());
    }

    void setBalance(BigDecimal owed) {
        balance = owed;
    }

    private Reply account() {
        ObjectNode body = Json.object();
        ObjectNode account = body.putObject("account")
                .put("name", "Local operator")
                .put("email", "operator@example.com")
                .put("balance", balance)
                .put("pending_charges", machines.bill())
                .put("last_payment_date", "2026-01-01T00:00:00+00:00")
                .put("last_payment_amount", balance);
        account.putArray("acls").add("provisioning").add("subscriptions").add("subscriptions_view").add("billing");
        return Reply.json(200, body);
    }
}
