package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.util.Optional;

/** Base58 in Bitcoin's alphabet, which Solana writes its addresses and signatures in. */
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    /** Stands for one zero byte at the front. */
    private static final char ZERO = '1';
    /** Room for 88-digit signatures; the work grows with the square of the length. */
    private static final int MAX_DIGITS = 128;

    private Base58() {}

    public static String encode(byte[] bytes) {
        var reversed = new StringBuilder();
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            BigInteger[] quotientAndDigit = rest.divideAndRemainder(BASE);
            reversed.append(ALPHABET.charAt(quotientAndDigit[1].intValue()));
            rest = quotientAndDigit[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ZERO);
        }
        return reversed.reverse().toString();
    }

    /** The bytes; empty when a character is not of the alphabet or the text is longer than anything we read. */
    public static Optional<byte[]> decode(String text) {
        if (text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return Optional.of(withLeadingZeros(number, text));
    }

    private static byte[] withLeadingZeros(BigInteger number, String text) {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ZERO) {
            zeros++;
        }
        byte[] signed = number.toByteArray();
        int signBytes = signed[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + signed.length - signBytes];
        System.arraycopy(signed, signBytes, bytes, zeros, signed.length - signBytes);
        return bytes;
    }
}
