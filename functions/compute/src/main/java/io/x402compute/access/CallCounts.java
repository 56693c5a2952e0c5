package io.x402compute.access;

import java.time.Instant;

import io.x402compute.x402.protocol.Wallet;

/** How many calls wallets have made. */
public interface CallCounts {

    /**
     * Counts a call.
     *
     * @param window the beginning of the window that it falls in
     * @param until when the window may be forgotten
     * @return the calls of this wallet and kind in this window so far, this one included
     */
    long count(Wallet wallet, CallKind kind, Instant window, Instant until);
}
