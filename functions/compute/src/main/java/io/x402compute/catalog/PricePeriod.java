package io.x402compute.catalog;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * A sell price and when it was in force.
 *
 * @param hourly with the operator's markup
 * @param from including
 * @param until excluding; empty for the price in force now
 */
public record PricePeriod(Usdc hourly, Instant from, Optional<Instant> until) {

    static PricePeriod openFrom(Instant from, Usdc hourly) {
        return new PricePeriod(hourly, from, Optional.empty());
    }

    PricePeriod closedAt(Instant end) {
        return isOpen() ? new PricePeriod(hourly, from, Optional.of(end)) : this;
    }

    boolean isOpen() {
        return until.isEmpty();
    }

    boolean includes(Instant instant) {
        return !instant.isBefore(from) && endsAfter(instant);
    }

    /** Whether it was in force at any time after that instant. */
    boolean endsAfter(Instant instant) {
        return until.isEmpty() || until.get().isAfter(instant);
    }
}
