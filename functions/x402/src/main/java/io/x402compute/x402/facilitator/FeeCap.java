package io.x402compute.x402.facilitator;

import java.math.BigInteger;

/**
 * The most that one transaction of a settling account may cost for gas, whatever the market asks. What a rollup adds for writing
 * to its own chain comes on top: no transaction can limit it.
 *
 * @param wei more than zero
 */
public record FeeCap(BigInteger wei) {
    private static final BigInteger WEI_PER_GWEI = BigInteger.valueOf(1_000_000_000);

    public FeeCap {
        if (wei.signum() <= 0) {
            throw new IllegalArgumentException("a fee is more than zero");
        }
    }

    public static FeeCap ofGwei(long gwei) {
        return new FeeCap(BigInteger.valueOf(gwei).multiply(WEI_PER_GWEI));
    }

    /** What each unit may cost in a transaction of that many. */
    BigInteger perUnit(long gasLimit) {
        return wei.divide(BigInteger.valueOf(gasLimit));
    }
}
