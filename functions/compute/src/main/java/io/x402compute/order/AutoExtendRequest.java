package io.x402compute.order;

import java.math.BigDecimal;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.AutoExtendTerms;
import io.x402compute.x402.protocol.Usdc;

/**
 * A wish for automatic extensions, or for none any more.
 *
 * @param terms empty to switch them off
 */
public record AutoExtendRequest(Optional<AutoExtendTerms> terms) {
    private static final BigDecimal LEAST = new Usdc(1).dollars();
    /** More than any machine costs in a year. */
    private static final BigDecimal MOST = new BigDecimal(10_000_000);
    private static final int DEFAULT_HOURS = 24;

    /**
     * Reads {@code POST /compute/instances/{id}/auto-extend}.
     *
     * @throws ApiException 400 for whatever is missing or wrong
     */
    public static AutoExtendRequest of(RequestBody body, RentalLimits limits) {
        if (!body.has("enabled")) {
            throw ApiException.badRequest("missing_field", "enabled is required");
        }
        return new AutoExtendRequest(body.flag("enabled", false) ? Optional.of(terms(body, limits)) : Optional.empty());
    }

    private static AutoExtendTerms terms(RequestBody body, RentalLimits limits) {
        // It is bought while the last hour still runs.
        RentalLimits early = new RentalLimits(limits.minHours(), Math.max(limits.minHours(), limits.maxHours() - 1));
        int hours = ProvisionRequest.hours(body, "extend_hours", DEFAULT_HOURS, early);
        BigDecimal ceiling = body.decimal("max_total", LEAST, MOST, Usdc.ZERO.dollars().scale());
        return new AutoExtendTerms(hours, Usdc.roundedUp(ceiling));
    }
}
