package io.x402compute.x402.client;

import io.x402compute.x402.protocol.Usdc;

/** The cheapest offer costs more than the wallet's owner allows for one payment. Nothing was signed. */
public final class PaymentLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long priceMicros;
    private final long limitMicros;

    PaymentLimitExceeded(Usdc price, Usdc limit) {
        super("asked for " + price + ", may pay " + limit);
        this.priceMicros = price.micros();
        this.limitMicros = limit.micros();
    }

    public Usdc price() {
        return new Usdc(priceMicros);
    }

    public Usdc limit() {
        return new Usdc(limitMicros);
    }
}
