package io.x402compute.x402.evm;

import java.util.Locale;

/** What a token's revert text means, by the words of USDC's contract. */
public final class RevertReason {
    private RevertReason() {}

    /** The protocol's reason for a transfer that reverted with this text. */
    public static String of(String revertText) {
        String text = revertText.toLowerCase(Locale.ROOT);
        if (text.contains("expired") || text.contains("valid before")) {
            return ExactEvmReason.VALID_BEFORE;
        }
        if (text.contains("not yet valid")) {
            return ExactEvmReason.VALID_AFTER;
        }
        if (text.contains("used or canceled")) {
            return ExactEvmReason.NONCE_ALREADY_USED;
        }
        if (text.contains("exceeds balance")) {
            return ExactEvmReason.INSUFFICIENT_BALANCE;
        }
        return text.contains("invalid signature") ? ExactEvmReason.SIGNATURE : ExactEvmReason.TRANSACTION_FAILED;
    }
}
