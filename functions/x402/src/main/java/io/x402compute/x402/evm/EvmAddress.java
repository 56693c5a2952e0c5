package io.x402compute.x402.evm;

import java.util.Arrays;

import io.x402compute.x402.protocol.Hex;

/** Twenty bytes in two spellings: lower case to compare by, and EIP-55's, whose letter case is a checksum, to show. */
public final class EvmAddress {
    private static final int LENGTH = 20;
    private static final int UNCOMPRESSED_POINT_PREFIX = 1;
    private static final int FIRST_UPPER_CASE_NIBBLE = 8;

    private EvmAddress() {}

    /**
     * The EIP-55 spelling.
     *
     * @param address {@code 0x} and 40 hex digits in any case
     */
    public static String checksummed(String address) {
        char[] digits = Hex.lowerCase(address).substring(2).toCharArray();
        byte[] hash = Keccak.hash(new String(digits));
        for (int i = 0; i < digits.length; i++) {
            int nibble = i % 2 == 0 ? (hash[i / 2] >> 4) & 0xf : hash[i / 2] & 0xf;
            if (nibble >= FIRST_UPPER_CASE_NIBBLE) {
                digits[i] = Character.toUpperCase(digits[i]);
            }
        }
        return "0x" + new String(digits);
    }

    /** The lower-case address of an uncompressed public key (65 bytes). */
    static String ofPublicKey(byte[] publicKey) {
        byte[] hash = Keccak.hash(Arrays.copyOfRange(publicKey, UNCOMPRESSED_POINT_PREFIX, publicKey.length));
        return Hex.of(Arrays.copyOfRange(hash, hash.length - LENGTH, hash.length));
    }
}
