package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ERC-6492: the signature of a contract wallet that may not exist yet, wrapped with what it takes to create it:
 * {@code abi.encode(factory, call, signature)} and 32 marking bytes.
 */
final class Erc6492 {
    private static final byte[] MARK = HexFormat.of().parseHex("6492".repeat(16));
    private static final int POSITION_OF_SIGNATURE_OFFSET = 2 * Words.WORD;

    private Erc6492() {}

    static boolean wraps(byte[] signature) {
        return signature.length > MARK.length
                && Arrays.equals(signature, signature.length - MARK.length, signature.length, MARK, 0, MARK.length);
    }

    /**
     * The wallet's own signature, which is what a deployed wallet is asked about; a signature that is not wrapped is that
     * already. A wrapper that makes no sense stays as it is, and no wallet will take it.
     */
    static byte[] unwrapped(byte[] signature) {
        if (!wraps(signature)) {
            return signature;
        }
        int end = signature.length - MARK.length;
        int start = offset(signature, POSITION_OF_SIGNATURE_OFFSET, end);
        int length = offset(signature, start, end);
        int content = start + Words.WORD;
        return length > end - content ? signature : Arrays.copyOfRange(signature, content, content + length);
    }

    /** The number in a word, or the end where there is no such word or the number points beyond it. */
    private static int offset(byte[] bytes, int position, int end) {
        if (position > end - Words.WORD) {
            return end;
        }
        BigInteger number = new BigInteger(1, bytes, position, Words.WORD);
        return number.compareTo(BigInteger.valueOf(end)) > 0 ? end : number.intValueExact();
    }
}
