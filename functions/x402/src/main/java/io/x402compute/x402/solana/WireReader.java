package io.x402compute.x402.solana;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a transaction's bytes from front to back, and never more than there are. */
final class WireReader {
    private static final int MAX_COMPACT_BYTES = 3;
    private static final int COMPACT_BITS = 7;
    private static final int MORE = 0x80;
    private static final int MOST = 0xffff;

    private final byte[] bytes;
    private int next;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return next;
    }

    boolean isAtEnd() {
        return next == bytes.length;
    }

    /** The coming byte, left where it is. */
    int peek() throws UndecodableTransaction {
        require(1);
        return bytes[next] & 0xff;
    }

    int unsignedByte() throws UndecodableTransaction {
        int value = peek();
        next++;
        return value;
    }

    byte[] bytes(int count) throws UndecodableTransaction {
        require(count);
        next += count;
        return Arrays.copyOfRange(bytes, next - count, next);
    }

    String address() throws UndecodableTransaction {
        return Base58.encode(bytes(Ed25519.PUBLIC_KEY_BYTES));
    }

    /** A compact-u16: seven bits a byte, lowest first, in as few bytes as it takes. */
    int compact() throws UndecodableTransaction {
        int value = 0;
        for (int i = 0; i < MAX_COMPACT_BYTES; i++) {
            int part = unsignedByte();
            value |= (part & ~MORE) << (i * COMPACT_BITS);
            if ((part & MORE) == 0) {
                if (value > MOST || (part == 0 && i > 0)) {
                    throw new UndecodableTransaction("a length is written in a way of its own");
                }
                return value;
            }
        }
        throw new UndecodableTransaction("a length does not end");
    }

    /** As many bytes as the length before them says. */
    byte[] counted() throws UndecodableTransaction {
        return bytes(compact());
    }

    /** As many one-byte numbers as the length before them says. */
    List<Integer> numbers() throws UndecodableTransaction {
        byte[] raw = counted();
        List<Integer> numbers = new ArrayList<>(raw.length);
        for (byte number : raw) {
            numbers.add(number & 0xff);
        }
        return List.copyOf(numbers);
    }

    private void require(int count) throws UndecodableTransaction {
        if (bytes.length - next < count) {
            throw new UndecodableTransaction("it ends too early");
        }
    }
}
