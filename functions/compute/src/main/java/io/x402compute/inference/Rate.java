package io.x402compute.inference;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * A part of a price.
 *
 * @param meter what it is for
 * @param per how many of them
 * @param price of so many
 * @param field of the input that says how many there will be at the most: a number itself, a text by its characters
 */
public record Rate(Meter meter, long per, Usdc price, Optional<String> field) {

    /** Of that amount, rounded up to the micro-USDC. */
    Usdc of(long amount) {
        BigInteger micros = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(price.micros()));
        return new Usdc(micros.add(BigInteger.valueOf(per - 1)).divide(BigInteger.valueOf(per)).longValueExact());
    }
}
