package io.x402compute.handler;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Service;
import io.x402compute.order.RunPrices.Asked;

/**
 * An estimate as callers see it: in US dollars, and in micro-USDC as text, which is how a challenge asks for it. Where transactions count as
 * payments, a margin is added that says what they are for, another every five minutes.
 */
final class EstimateJson {
    private static final int DECIMALS = 9;

    private EstimateJson() {}

    static ObjectNode of(Service service, Asked asked, boolean available) {
        Estimate estimate = asked.estimate();
        ObjectNode json = Json.object()
                .put("service", service.key())
                .put("estimated_cost_usd", Dollars.of(asked.amount()))
                .put("base_price", Dollars.of(estimate.ceiling()))
                .put("margin", Dollars.of(asked.margin()))
                .put("amount", asked.amount().atomicUnits())
                .put("metered", estimate.metered())
                .put("available", available);
        json.put("price_per_second", perSecond(service).orElse(null));
        return json.put("note", note(estimate, available));
    }

    private static Optional<BigDecimal> perSecond(Service service) {
        return service.price().rates().stream().filter(rate -> rate.meter() == Meter.SECONDS).findFirst()
                .map(rate -> Dollars.plain(rate.price().dollars().setScale(DECIMALS, RoundingMode.UNNECESSARY)
                        .divide(BigDecimal.valueOf(rate.per()), RoundingMode.HALF_UP)));
    }

    private static String note(Estimate estimate, boolean available) {
        if (!available) {
            return "Nobody can run it here now: no upstream is configured, and nothing would be taken for it.";
        }
        return estimate.metered()
                ? "The most that it can cost: what is not used is not taken, or becomes credit of the payer."
                : "What it costs, whatever it takes.";
    }
}
