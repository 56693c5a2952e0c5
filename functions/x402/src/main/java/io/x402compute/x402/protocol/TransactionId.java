package io.x402compute.x402.protocol;

import java.util.Optional;

import io.x402compute.x402.solana.Base58;

/**
 * The name of a transaction, in one canonical text so that two spellings are one transaction.
 *
 * @param value EVM: its hash, {@code 0x} and 64 lower-case hex digits; Solana: its first signature in base58
 */
public record TransactionId(Network network, String value) {
    private static final int HASH_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    /** The transaction of that name on that network; empty when it can be none's. */
    public static Optional<TransactionId> of(Network network, String text) {
        boolean possible = network.isEvm() ? Hex.isBytes(text, HASH_BYTES) : isSignature(text);
        return possible
                ? Optional.of(new TransactionId(network, network.isEvm() ? Hex.lowerCase(text) : text))
                : Optional.empty();
    }

    private static boolean isSignature(String text) {
        return Base58.decode(text).filter(bytes -> bytes.length == SIGNATURE_BYTES).isPresent();
    }
}
