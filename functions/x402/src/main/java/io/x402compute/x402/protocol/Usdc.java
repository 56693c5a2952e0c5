package io.x402compute.x402.protocol;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of USDC in whole micro-USDC (six decimals), never negative, never floating point.
 *
 * @param micros millionths of a USDC, which are also the token's atomic units on every supported chain
 */
public record Usdc(long micros) implements Comparable<Usdc> {
    public static final Usdc ZERO = new Usdc(0);
    private static final int DECIMALS = 6;

    public Usdc {
        if (micros < 0) {
            throw new IllegalArgumentException("negative amount: " + micros);
        }
    }

    /** Dollars to USDC, rounded up to the next micro-USDC: a fraction of a unit cannot be transferred. */
    public static Usdc roundedUp(BigDecimal dollars) {
        return new Usdc(dollars.movePointRight(DECIMALS).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    public Usdc plus(Usdc other) {
        return new Usdc(Math.addExact(micros, other.micros));
    }

    public Usdc minus(Usdc other) {
        return new Usdc(Math.subtractExact(micros, other.micros));
    }

    public Usdc times(long factor) {
        return new Usdc(Math.multiplyExact(micros, factor));
    }

    /** The decimal string of atomic units that both x402 versions put on the wire. */
    public String atomicUnits() {
        return Long.toString(micros);
    }

    /** The exact dollar value, with six decimals. */
    public BigDecimal dollars() {
        return BigDecimal.valueOf(micros, DECIMALS);
    }

    @Override
    public int compareTo(Usdc other) {
        return Long.compare(micros, other.micros);
    }

    /** For people: {@code 1.25 USDC}, without trailing zeros. */
    @Override
    public String toString() {
        BigDecimal plain = dollars().stripTrailingZeros();
        return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString() + " USDC";
    }
}
