package io.x402compute.x402.evm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The signature of a plain key in its one canonical form: of the two values of {@code s} that a key can produce for a
 * digest only the lower is accepted (EIP-2), as USDC's contract does. Otherwise anybody could make a second signature out
 * of a first one.
 *
 * @param compact r and s, 32 bytes each
 * @param recoveryId 0 or 1: which of two public keys signed
 */
record EcdsaSignature(byte[] compact, int recoveryId) {
    /** Bytes of r, s and v. */
    static final int LENGTH = 65;
    static final int COMPACT_LENGTH = 64;
    private static final int V_OFFSET = 27;
    private static final byte[] HALF_ORDER = HexFormat.of()
            .parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    /** As token contracts read it: v is 27 or 28. */
    static Optional<EcdsaSignature> ofTokenCall(byte[] signature) {
        return parsed(signature, false);
    }

    /** As signers of messages write it: some hardware says 0 or 1 for v. */
    static Optional<EcdsaSignature> ofMessage(byte[] signature) {
        return parsed(signature, true);
    }

    private static Optional<EcdsaSignature> parsed(byte[] signature, boolean bareRecoveryId) {
        if (signature.length != LENGTH
                || Arrays.compareUnsigned(signature, Words.WORD, COMPACT_LENGTH, HALF_ORDER, 0, Words.WORD) > 0) {
            return Optional.empty();
        }
        int v = signature[COMPACT_LENGTH] & 0xff;
        int recoveryId = bareRecoveryId && v < 2 ? v : v - V_OFFSET;
        if (recoveryId != 0 && recoveryId != 1) {
            return Optional.empty();
        }
        return Optional.of(new EcdsaSignature(Arrays.copyOf(signature, COMPACT_LENGTH), recoveryId));
    }

    byte v() {
        return (byte) (V_OFFSET + recoveryId);
    }

    /** r, s and v (27 or 28). */
    byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(compact, LENGTH);
        bytes[COMPACT_LENGTH] = v();
        return bytes;
    }
}
