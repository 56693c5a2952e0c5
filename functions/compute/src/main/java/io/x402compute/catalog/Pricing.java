package io.x402compute.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.x402compute.vultr.VultrCost;
import io.x402compute.vultr.VultrPlan;
import io.x402compute.x402.protocol.Usdc;

/**
 * Sell prices: what a started hour costs us, and the operator's markup on it.
 *
 * <p>The provider charges plans that are invoiced hourly by {@code hourly_cost}, and every other plan by the month's price
 * over 672 hours, which is more than the {@code hourly_cost} it lists for them.
 */
final class Pricing {
    private static final BigDecimal CHARGED_HOURS = BigDecimal.valueOf(672);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MICRO = 6;

    private final BigDecimal percentOfCost;

    /** @param markupPercent 20 sells at 1.2 times the cost */
    Pricing(int markupPercent) {
        this.percentOfCost = BigDecimal.valueOf(100L + markupPercent);
    }

    /** The price of an hour there, rounded up once, at the very end. */
    Usdc hourly(VultrPlan plan, String region) {
        BigDecimal costOf672Hours = costOf672Hours(plan, plan.cost(region));
        return Usdc.roundedUp(
                costOf672Hours.multiply(percentOfCost).divide(CHARGED_HOURS.multiply(HUNDRED), MICRO,
                        RoundingMode.CEILING));
    }

    private static BigDecimal costOf672Hours(VultrPlan plan, VultrCost cost) {
        BigDecimal byTheHour = cost.hourly().multiply(CHARGED_HOURS);
        return isChargedByTheHour(plan) ? byTheHour : byTheHour.max(cost.monthly());
    }

    private static boolean isChargedByTheHour(VultrPlan plan) {
        return switch (plan.invoiceType()) {
            case "hourly" -> true;
            case "monthly" -> false;
            // Not told: GPU plans are the ones invoiced by the hour.
            default -> plan.type().equals("vcg") || plan.type().equals("vdm");
        };
    }
}
