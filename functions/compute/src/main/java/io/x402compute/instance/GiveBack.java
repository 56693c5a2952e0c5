package io.x402compute.instance;

import java.time.Instant;

import io.x402compute.x402.protocol.Wallet;

/** Gives owners back what they paid for time they did not use. How, is not known here. */
@FunctionalInterface
public interface GiveBack {

    /** Gives an order's part back. Doing it again changes nothing. */
    void give(Wallet owner, UnusedTime.Part part, Instant now);
}
