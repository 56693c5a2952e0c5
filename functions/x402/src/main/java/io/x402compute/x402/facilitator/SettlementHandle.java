package io.x402compute.x402.facilitator;

/**
 * What a settlement is known by, stored before anything is sent.
 *
 * @param transaction the hash the transfer will have, or empty where a remote facilitator will choose it
 * @param signedTransaction the exact bytes to broadcast as {@code 0x…} hex, or empty for a remote facilitator
 * @param signerNonce the settling account's transaction number, or -1 for a remote facilitator
 */
public record SettlementHandle(String transaction, String signedTransaction, long signerNonce) {
    /** A remote facilitator needs nothing but the payment itself. */
    public static final SettlementHandle REMOTE = new SettlementHandle("", "", -1);
}
