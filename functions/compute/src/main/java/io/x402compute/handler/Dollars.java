package io.x402compute.handler;

import java.math.BigDecimal;

import io.x402compute.x402.protocol.Usdc;

/** Amounts as our answers show them: JSON numbers in dollars, exact, with at most six decimals and no idle zeros. */
final class Dollars {
    private Dollars() {}

    static BigDecimal of(Usdc amount) {
        return plain(amount.dollars());
    }

    static BigDecimal plain(BigDecimal dollars) {
        BigDecimal stripped = dollars.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
