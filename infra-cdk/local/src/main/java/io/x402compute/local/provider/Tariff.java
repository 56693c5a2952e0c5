package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one machine costs, in US dollars: every started hour at the price of the day it was ordered, and at least one. Another
 * plan begins another line on the bill. The monthly cap is left out.
 */
final class Tariff {
    private static final BigDecimal HOURS_CHARGED_A_MONTH = BigDecimal.valueOf(672);

    private final List<Line> lines = new ArrayList<>();

    private record Line(Instant from, BigDecimal hourly) {}

    /** From then on it is a machine of that plan. */
    void begin(ObjectNode plan, String region, Instant from) {
        lines.add(new Line(from, hourly(plan, region)));
    }

    /** Until then. */
    BigDecimal charged(Instant end) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < lines.size(); i++) {
            Instant until = i + 1 < lines.size() ? lines.get(i + 1).from() : end;
            BigDecimal hours = BigDecimal.valueOf(startedHours(Duration.between(lines.get(i).from(), until)));
            sum = sum.add(lines.get(i).hourly().multiply(hours));
        }
        return sum.setScale(4, RoundingMode.HALF_UP);
    }

    private static long startedHours(Duration lived) {
        return Math.max(1, lived.plusHours(1).minusNanos(1).toHours());
    }

    /** More than the listed hourly price where the month is invoiced. */
    private static BigDecimal hourly(ObjectNode plan, String region) {
        JsonNode local = plan.path("location_cost").path(region);
        JsonNode costs = local.isObject() ? local : plan;
        BigDecimal listed = costs.path("hourly_cost").decimalValue();
        if (plan.path("invoice_type").asText().equals("hourly")) {
            return listed;
        }
        return listed.max(
                costs.path("monthly_cost").decimalValue().divide(HOURS_CHARGED_A_MONTH, 6, RoundingMode.CEILING));
    }
}
