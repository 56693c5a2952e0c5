package io.x402compute.x402.evm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.x402compute.x402.protocol.Hex;

/**
 * ERC-6492: the signature of a contract wallet that may not exist yet, wrapped with what it takes to create it:
 * {@code abi.encode(factory, call, signature)} and 32 marking bytes.
 */
final class Erc6492 {
    private static final byte[] MARK = HexFormat.of().parseHex("6492".repeat(16));
    private static final int POSITION_OF_CALL_OFFSET = Words.WORD;
    private static final int POSITION_OF_SIGNATURE_OFFSET = 2 * Words.WORD;
    private static final int ADDRESS_PADDING = 12;

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
        return content(signature, POSITION_OF_SIGNATURE_OFFSET).orElse(signature);
    }

    /** What creates the wallet; empty where the signature is not wrapped, or the wrapper makes no sense. */
    static Optional<ContractCall> deployment(byte[] signature) {
        return content(signature, POSITION_OF_CALL_OFFSET).map(call -> {
            String factory = Hex.of(Arrays.copyOfRange(signature, ADDRESS_PADDING, Words.WORD));
            return new ContractCall(factory, Hex.of(call));
        });
    }

    private static Optional<byte[]> content(byte[] signature, int position) {
        if (!wraps(signature)) {
            return Optional.empty();
        }
        WordReader wrapper = new WordReader(Arrays.copyOf(signature, signature.length - MARK.length));
        try {
            return Optional.of(wrapper.bytes(wrapper.number(position)));
        } catch (RuntimeException nonsense) {
            return Optional.empty();
        }
    }
}
