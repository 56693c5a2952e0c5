package io.x402compute.order;

import java.time.Duration;

/**
 * How long a machine can be rented, set by the operator.
 *
 * @param minHours of one purchase
 * @param maxHours of one purchase, and how far ahead a lease may ever end
 */
public record RentalLimits(int minHours, int maxHours) {

    Duration furthestEnd() {
        return Duration.ofHours(maxHours);
    }
}
