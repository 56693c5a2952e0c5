package io.x402compute.x402.facilitator;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.solana.SolanaTransaction;

/**
 * What a settlement is known by, stored before anything is sent.
 *
 * @param transaction the hash the transfer will have (on Solana its id), or empty where a remote facilitator will choose it
 * @param signedTransaction the exact bytes to broadcast as {@code 0x…} hex, or empty for a remote facilitator
 * @param signerNonce the settling account's transaction number; on Solana, where transactions have none, the last block that it
 *     can be in; -1 for a remote facilitator
 */
public record SettlementHandle(String transaction, String signedTransaction, long signerNonce) {
    /** A remote facilitator needs nothing but the payment itself. */
    public static final SettlementHandle REMOTE = new SettlementHandle("", "", -1);

    static SettlementHandle of(SolanaTransaction signed, long lastBlock) {
        return new SettlementHandle(signed.id(), Hex.of(signed.toBytes()), lastBlock);
    }
}
