package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What machines cost, in US dollars: every started hour, and at least one. */
final class Charges {
    private static final BigDecimal HOURS_CHARGED_A_MONTH = BigDecimal.valueOf(672);

    private Charges() {}

    /** For each started hour; more than the listed hourly price where the month is invoiced. */
    static BigDecimal hourly(ObjectNode plan, String region) {
        JsonNode local = plan.path("location_cost").path(region);
        JsonNode costs = local.isObject() ? local : plan;
        BigDecimal listed = costs.path("hourly_cost").decimalValue();
        if (plan.path("invoice_type").asText().equals("hourly")) {
            return listed;
        }
        return listed.max(
                costs.path("monthly_cost").decimalValue().divide(HOURS_CHARGED_A_MONTH, 6, RoundingMode.CEILING));
    }

    static BigDecimal of(BigDecimal hourly, Duration lived) {
        long hours = Math.max(1, lived.plusHours(1).minusNanos(1).toHours());
        return hourly.multiply(BigDecimal.valueOf(hours)).setScale(4, RoundingMode.HALF_UP);
    }
}
