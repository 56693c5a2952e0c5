package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what the ABI lays out in words, by positions in bytes. What is not there, or is too large to be a position, is a
 * {@link RuntimeException}: a contract may answer anything, so whoever reads has to expect it.
 */
final class WordReader {
    private final byte[] bytes;

    WordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The number in the word at that position, as a position or a length. */
    int number(int position) {
        Objects.checkFromIndexSize(position, Words.WORD, bytes.length);
        return new BigInteger(1, bytes, position, Words.WORD).intValueExact();
    }

    /** As many bytes as the word at that position says, from behind it. */
    byte[] bytes(int position) {
        int length = number(position);
        int start = position + Words.WORD;
        Objects.checkFromIndexSize(start, length, bytes.length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    byte[] word(int position) {
        Objects.checkFromIndexSize(position, Words.WORD, bytes.length);
        return Arrays.copyOfRange(bytes, position, position + Words.WORD);
    }
}
