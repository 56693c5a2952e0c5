package io.x402compute.x402.facilitator;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.solana.SolanaTransaction;

/**
 * What a settlement is known by, stored before anything is sent.
 *
 * @param facilitator of several, the name of the only one that it may be sent to; empty where there is no choice
 * @param transaction the hash the transfer will have (on Solana its id), or empty where a remote facilitator will choose it
 * @param signedTransaction the exact bytes to broadcast as {@code 0x…} hex, or empty for a remote facilitator
 * @param signerNonce the settling account's transaction number; on Solana, where transactions have none, the last block that it
 *     can be in; -1 for a remote facilitator
 */
public record SettlementHandle(String facilitator, String transaction, String signedTransaction, long signerNonce) {
    /** A remote facilitator needs nothing but the payment itself. */
    public static final SettlementHandle REMOTE = new SettlementHandle("", "", -1);

    /** Where nothing is to be taken there is no transaction. */
    static final SettlementHandle NOTHING_TO_SEND = new SettlementHandle("", "", -1);

    /** Of the only facilitator that there is. */
    public SettlementHandle(String transaction, String signedTransaction, long signerNonce) {
        this("", transaction, signedTransaction, signerNonce);
    }

    /** The same, bound to that one of several. */
    public SettlementHandle at(String name) {
        return new SettlementHandle(name, transaction, signedTransaction, signerNonce);
    }

    static SettlementHandle of(SolanaTransaction signed, long lastBlock) {
        return new SettlementHandle(signed.id(), Hex.of(signed.toBytes()), lastBlock);
    }
}
