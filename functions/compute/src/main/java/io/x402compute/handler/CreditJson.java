package io.x402compute.handler;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.payment.CreditBalance;
import io.x402compute.payment.CreditEntry;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits as their owners see them. */
final class CreditJson {
    private CreditJson() {}

    /** Amounts are text, but the number 0 for a wallet that was never given anything: known clients were shown both. */
    static ObjectNode of(Wallet wallet, Optional<CreditBalance> balance) {
        ObjectNode json = Json.object().put("wallet", wallet.address());
        balance.ifPresentOrElse(
                credit -> json.put("balance", Dollars.text(credit.available()))
                        .put("total_deposited", Dollars.text(credit.deposited()))
                        .put("total_spent", Dollars.text(credit.spent())),
                () -> json.put("balance", 0).put("total_deposited", 0).put("total_spent", 0));
        return json;
    }

    /**
     * The same as an account with a key has it: there are no limits here, and no discounts.
     *
     * @param spent within a day; left out where it was not counted
     */
    static ObjectNode account(Optional<CreditBalance> balance, Optional<Usdc> spent) {
        ObjectNode json = Json.object()
                .put("balance", Dollars.of(balance.map(CreditBalance::available).orElse(Usdc.ZERO)));
        spent.ifPresent(amount -> json.put("daily_spend", Dollars.of(amount)));
        json.putNull("daily_limit");
        json.putObject("volume_discount").put("tier", "none").put("discount_percent", 0).putNull("next_tier");
        return json;
    }

    /** The amount is above zero, whichever way it went; also in micro-USDC as text, as a challenge asks for it. */
    static ObjectNode of(CreditEntry entry) {
        return Json.object()
                .put("id", entry.id().toString())
                .put("kind", switch (entry.kind()) {
                    case GIVEN -> "credit";
                    case SPENT -> "spent";
                })
                .put("amount_usd", Dollars.of(entry.amount()))
                .put("amount", Long.toString(entry.amount().micros()))
                .put("reason", entry.reason())
                .put("order_id", entry.order().toString())
                .put("created_at", entry.createdAt().toString());
    }
}
