package io.x402compute.vultr;

import java.math.BigDecimal;
import java.math.RoundingMode;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * List prices in US dollars, exact.
 *
 * @param monthly per month
 * @param hourly per hour as listed, which for plans that are not invoiced hourly is less than what is charged
 */
public record VultrCost(BigDecimal monthly, BigDecimal hourly) {
    private static final BigDecimal CHARGED_HOURS = BigDecimal.valueOf(672);

    /** A price that is not told is zero; an hourly one that is not told is the highest the monthly one can mean. */
    static VultrCost of(JsonNode json) {
        BigDecimal monthly = Fields.decimal(json, "monthly_cost").orElse(BigDecimal.ZERO);
        BigDecimal hourly = Fields.decimal(json, "hourly_cost")
                .orElseGet(() -> monthly.divide(CHARGED_HOURS, 6, RoundingMode.CEILING));
        return new VultrCost(monthly, hourly);
    }
}
