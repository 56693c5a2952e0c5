package io.x402compute.x402.client;

import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * What the wallets' owner allows.
 *
 * @param perPayment the most that one payment may cost
 * @param perDay the most that the payments of one UTC day may cost together; empty means as many as there are
 */
record SpendingLimits(Usdc perPayment, Optional<Usdc> perDay) {

    /** The most that could be paid now. */
    Usdc left(Usdc spentToday) {
        Usdc today = perDay
                .map(most -> most.compareTo(spentToday) > 0 ? most.minus(spentToday) : Usdc.ZERO)
                .orElse(perPayment);
        return today.compareTo(perPayment) < 0 ? today : perPayment;
    }
}
