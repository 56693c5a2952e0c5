package io.x402compute.instance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Remembers what was given back: an order once, whatever it is given again. */
final class FakeGiveBack implements GiveBack {
    private final Map<String, Usdc> given = new LinkedHashMap<>();

    @Override
    public void give(Wallet owner, UnusedTime.Part part, Instant now) {
        given.putIfAbsent(part.orderId(), part.amount());
    }

    /** By order, in the order in which they came. */
    Map<String, Usdc> given() {
        return given;
    }
}
