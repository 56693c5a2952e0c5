package io.x402compute.x402.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whoever pays and owns: an EVM account or a Solana public key, in one canonical text so that two spellings are one wallet.
 *
 * @param address EVM: {@code 0x} and 40 lower-case hex digits; Solana: base58, as it is
 */
public record Wallet(String address) {
    private static final int EVM_BYTES = 20;
    private static final Pattern SOLANA = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");

    /** The wallet of that address; empty when the text is no address of either kind. */
    public static Optional<Wallet> of(String text) {
        if (Hex.isBytes(text, EVM_BYTES)) {
            return Optional.of(new Wallet(Hex.lowerCase(text)));
        }
        return SOLANA.matcher(text).matches() ? Optional.of(new Wallet(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return address;
    }
}
