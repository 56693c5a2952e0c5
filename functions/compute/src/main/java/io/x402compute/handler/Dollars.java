package io.x402compute.handler;

import java.math.BigDecimal;

import io.x402compute.x402.protocol.Usdc;

/** Amounts as our answers show them: dollars, exact, with at most six decimals; JSON numbers where nothing else is said. */
final class Dollars {
    private Dollars() {}

    static BigDecimal of(Usdc amount) {
        return plain(amount.dollars());
    }

    /** As text, with cents even where there are none. */
    static String text(Usdc amount) {
        BigDecimal plain = of(amount);
        return plain.setScale(Math.max(2, plain.scale())).toPlainString();
    }

    /** Without idle zeros. */
    static BigDecimal plain(BigDecimal dollars) {
        BigDecimal stripped = dollars.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
