package io.x402compute.payment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits in memory: an order is entered once. */
public final class FakeCredits implements Credits {
    private record Entry(Wallet wallet, Usdc amount) {}

    private final Map<OrderId, Entry> entries = new LinkedHashMap<>();

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        entries.putIfAbsent(order, new Entry(wallet, amount));
    }

    public Usdc balance(Wallet wallet) {
        return entries.values().stream()
                .filter(entry -> entry.wallet().equals(wallet))
                .map(Entry::amount)
                .reduce(Usdc.ZERO, Usdc::plus);
    }
}
