package io.x402compute.x402.evm;

import java.nio.charset.StandardCharsets;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it: the original padding, not that of the later SHA3-256 standard. */
final class Keccak {
    private static final int BITS = 256;
    static final int BYTES = BITS / 8;

    private Keccak() {}

    static byte[] hash(byte[] input) {
        KeccakDigest digest = new KeccakDigest(BITS);
        digest.update(input, 0, input.length);
        byte[] output = new byte[BYTES];
        digest.doFinal(output, 0);
        return output;
    }

    static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
