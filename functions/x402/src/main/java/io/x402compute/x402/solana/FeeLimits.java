package io.x402compute.x402.solana;

import java.math.BigInteger;

/**
 * The most that a payment may cost the one who pays its fees, on top of 5,000 lamports for each signature.
 *
 * @param computeUnits the highest unit limit
 * @param lamports the highest priority fee, which is unit limit times unit price
 */
public record FeeLimits(long computeUnits, long lamports) {
    /** As the transactions of known clients need: up to 200,000 units at 1,000 micro-lamports, and wallets that are generous. */
    public static final FeeLimits DEFAULT = new FeeLimits(400_000, 20_000);

    /** What the runtime and the scheme allow. */
    public static final FeeLimits NONE = new FeeLimits(0xffff_ffffL, Long.MAX_VALUE);

    /** Of the scheme itself, in micro-lamports: 5 lamports a unit. */
    static final BigInteger MOST_UNIT_PRICE = BigInteger.valueOf(5_000_000);

    public FeeLimits {
        if (computeUnits <= 0 || lamports < 0) {
            throw new IllegalArgumentException("a limit that no transaction can keep");
        }
    }
}
