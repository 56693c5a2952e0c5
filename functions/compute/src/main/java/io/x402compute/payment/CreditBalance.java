package io.x402compute.payment;

import io.x402compute.x402.protocol.Usdc;

/**
 * What a wallet has in credit.
 *
 * @param available what it can still spend
 * @param deposited all it was ever given
 */
public record CreditBalance(Usdc available, Usdc deposited) {

    public Usdc spent() {
        return deposited.minus(available);
    }
}
