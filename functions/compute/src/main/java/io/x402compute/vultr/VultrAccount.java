package io.x402compute.vultr;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The operator's account, in US dollars.
 *
 * @param balance what is owed: credit paid in advance is negative
 * @param pendingCharges used but not yet invoiced
 */
public record VultrAccount(BigDecimal balance, BigDecimal pendingCharges) {

    static VultrAccount of(JsonNode json) throws VultrException {
        return new VultrAccount(money(json, "balance"), money(json, "pending_charges"));
    }

    /** What can still be spent; negative when in debt. */
    public BigDecimal remainingCredit() {
        return balance.negate().subtract(pendingCharges);
    }

    private static BigDecimal money(JsonNode json, String field) throws VultrException {
        return Fields.decimal(json, field)
                .orElseThrow(() -> new VultrException(Failure.unavailable("an account without " + field)));
    }
}
