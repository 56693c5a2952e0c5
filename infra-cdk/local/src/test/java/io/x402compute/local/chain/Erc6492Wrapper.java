package io.x402compute.local.chain;

/** ERC-6492: {@code abi.encode(factory, call, signature)} and the mark. */
final class Erc6492Wrapper {
    private static final int WORD_DIGITS = 64;
    private static final int WORD = 32;

    private Erc6492Wrapper() {}

    static String of(String factory, String call, String signature) {
        String callBytes = bytes(call);
        int callOffset = 3 * WORD;
        return "0x" + Abi.word(factory) + Abi.word(callOffset) + Abi.word(callOffset + callBytes.length() / 2)
                + callBytes + bytes(signature) + "6492".repeat(WORD / 2);
    }

    /** A length, and as many words as it takes. */
    private static String bytes(String hex) {
        String digits = hex.substring(2);
        int rest = digits.length() % WORD_DIGITS;
        return Abi.word(digits.length() / 2) + digits + (rest == 0 ? "" : "0".repeat(WORD_DIGITS - rest));
    }
}
