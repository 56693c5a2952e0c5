package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * An automatic extension whose owner was told of it.
 *
 * @param leaseEnd the end of the lease that it is for
 * @param plan that it was priced for
 * @param hours how much longer
 * @param amount the most that it may cost, and what it does cost once it is ordered
 * @param at when it is to be ordered
 * @param order its id, once it is ordered: from then on only the order's end ends it
 */
public record AnnouncedExtension(Instant leaseEnd, String plan, int hours, Usdc amount, Instant at,
        Optional<String> order) {

    AnnouncedExtension ordered(String id, Usdc cost) {
        return new AnnouncedExtension(leaseEnd, plan, hours, cost, at, Optional.of(id));
    }

    boolean isOrdered() {
        return order.isPresent();
    }

    boolean isOrderedAs(String id) {
        return order.filter(id::equals).isPresent();
    }
}
