package io.x402compute.access;

import java.time.Instant;

import io.x402compute.x402.protocol.Wallet;

/** The nonces that were used already. */
public interface Nonces {

    /**
     * Uses a nonce up, at once for everybody.
     *
     * @param until when it may be forgotten, because no signature with it can be in time any more
     * @return false when the wallet has used it before
     */
    boolean burn(Wallet wallet, String nonce, Instant now, Instant until);
}
