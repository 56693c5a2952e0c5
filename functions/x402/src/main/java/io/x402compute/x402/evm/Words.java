package io.x402compute.x402.evm;

import java.math.BigInteger;

import io.x402compute.x402.protocol.Hex;

/** A row of 32-byte words, as EIP-712 hashes them: static values, right-aligned, filled from the front. */
final class Words {
    static final int WORD = 32;
    private static final int ADDRESS = 20;
    private static final int UINT256_BITS = 256;

    private final byte[] row;
    private int position;

    Words(int count) {
        row = new byte[count * WORD];
    }

    Words bytes32(byte[] value) {
        return rightAligned(value, WORD);
    }

    Words bytes32(String hex) {
        return bytes32(Hex.bytes(hex));
    }

    Words address(String hex) {
        return rightAligned(Hex.bytes(hex), ADDRESS);
    }

    Words uint(long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            row[position + WORD - 1 - i] = (byte) (value >>> (Byte.SIZE * i));
        }
        position += WORD;
        return this;
    }

    Words uint(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > UINT256_BITS) {
            throw new IllegalArgumentException("not an unsigned 256-bit number");
        }
        if (value.bitLength() < Long.SIZE) {
            return uint(value.longValue());
        }
        byte[] bytes = value.toByteArray();
        int sign = bytes.length > WORD ? 1 : 0;
        System.arraycopy(bytes, sign, row, position + WORD - (bytes.length - sign), bytes.length - sign);
        position += WORD;
        return this;
    }

    /** The row, which has to be full. */
    byte[] toBytes() {
        if (position != row.length) {
            throw new IllegalStateException((row.length - position) + " bytes are missing");
        }
        return row;
    }

    private Words rightAligned(byte[] value, int expectedLength) {
        if (value.length != expectedLength) {
            throw new IllegalArgumentException("expected " + expectedLength + " bytes, got " + value.length);
        }
        System.arraycopy(value, 0, row, position + WORD - expectedLength, expectedLength);
        position += WORD;
        return this;
    }
}
