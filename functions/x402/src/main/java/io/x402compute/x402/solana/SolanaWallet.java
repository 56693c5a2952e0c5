package io.x402compute.x402.solana;

import java.util.Arrays;

/** An account whose private key we hold: a payer's, or the one that pays the fees. Never prints its key. */
public final class SolanaWallet {
    private static final int SEED_BYTES = 32;
    private static final int KEY_PAIR_BYTES = 64;

    private final byte[] seed;
    private final String address;

    private SolanaWallet(byte[] seed) {
        this.seed = seed;
        this.address = Base58.encode(Ed25519.publicKey(seed));
    }

    /**
     * The wallet of a private key.
     *
     * @param seed 32 bytes
     */
    public static SolanaWallet ofSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a private key has 32 bytes");
        }
        return new SolanaWallet(seed.clone());
    }

    /**
     * The wallet of a key as Solana's wallets export it.
     *
     * @param keyPair base58 of 64 bytes, the private key and then the public one
     * @throws IllegalArgumentException when that is no key, or the two do not belong together; its message never holds the text
     */
    public static SolanaWallet of(String keyPair) {
        byte[] both = Base58.decode(keyPair).filter(bytes -> bytes.length == KEY_PAIR_BYTES)
                .orElseThrow(() -> new IllegalArgumentException("a key pair is 64 bytes in base58"));
        byte[] seed = Arrays.copyOf(both, SEED_BYTES);
        if (!Arrays.equals(Ed25519.publicKey(seed), Arrays.copyOfRange(both, SEED_BYTES, KEY_PAIR_BYTES))) {
            throw new IllegalArgumentException("the two halves of the key pair do not belong together");
        }
        return new SolanaWallet(seed);
    }

    /** Its public key in base58. */
    public String address() {
        return address;
    }

    /** The 64 bytes of its signature under these. */
    public byte[] sign(byte[] message) {
        return Ed25519.sign(seed, message);
    }

    /** The address: a wallet may end up in a log line, its key may not. */
    @Override
    public String toString() {
        return address;
    }
}
