package io.x402compute.local.chain;

/**
 * A smart wallet that {@link LocalEvm#WALLET_FACTORY} has made, or can make.
 *
 * @param owner whose key signs for it
 * @param salt tells the wallets of one owner apart
 */
public record SmartWallet(String owner, long salt) {
    private static final int WORD = 32;
    private static final int WORD_DIGITS = 2 * WORD;
    private static final int HEAD_WORDS = 3;

    /** What the factory has to be called with to make it. */
    public String creation() {
        return Abi.call(Abi.CREATE_ACCOUNT, owner, Abi.word(salt));
    }

    /** Its signature as long as it is not there (ERC-6492): what makes it, and what its owner has signed. */
    public String signature(String ofOwner) {
        return wrapped(LocalEvm.WALLET_FACTORY, creation(), ofOwner);
    }

    /** {@code abi.encode(factory, call, signature)} and the mark. */
    static String wrapped(String factory, String call, String signature) {
        String callBytes = bytes(call);
        int callOffset = HEAD_WORDS * WORD;
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
