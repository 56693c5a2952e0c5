package io.x402compute.idempotency;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.x402.protocol.Wallet;

/** A key of one wallet: the same key of another wallet is another one. */
public record RequestKey(Wallet wallet, IdempotencyKey key) {

    /** By what it is stored: says neither whose it is nor what it is. */
    String name() {
        return "idem#" + key.hash(wallet.address());
    }
}
