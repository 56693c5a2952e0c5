package io.x402compute.inference;

import io.x402compute.x402.protocol.Usdc;

/** Everything costs the same. */
public final class FlatTariff implements Tariff {

    @Override
    public Estimate estimate(RunRequest request) {
        return new Estimate(Orders.COST, false);
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        return Orders.COST;
    }
}
