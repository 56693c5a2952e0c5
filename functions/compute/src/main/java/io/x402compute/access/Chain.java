package io.x402compute.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import io.x402compute.x402.evm.EthereumSignedMessage;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.Ed25519;

/** The two kinds of wallets, and how each signs a text. */
enum Chain {
    /** EIP-191 {@code personal_sign}: 65 bytes of hex, from which the signer is recovered. */
    BASE("base", "hex") {
        @Override
        boolean owns(Wallet wallet) {
            return wallet.address().startsWith("0x");
        }

        @Override
        boolean signed(Wallet wallet, String message, String signature, String encoding) {
            return encoding.equals("hex")
                    && EthereumSignedMessage.recover(message, signature).filter(wallet::equals).isPresent();
        }
    },
    /** Ed25519 over the bytes of the text, without a prefix. */
    SOLANA("solana", "base64") {
        @Override
        boolean owns(Wallet wallet) {
            return !BASE.owns(wallet);
        }

        @Override
        boolean signed(Wallet wallet, String message, String signature, String encoding) {
            Optional<byte[]> key = Base58.decode(wallet.address());
            Optional<byte[]> bytes = switch (encoding) {
                case "base64" -> base64(signature);
                case "base58" -> Base58.decode(signature);
                default -> Optional.empty();
            };
            return key.isPresent() && bytes.isPresent()
                    && Ed25519.verify(key.get(), message.getBytes(StandardCharsets.UTF_8), bytes.get());
        }
    };

    private final String text;
    private final String usualEncoding;

    Chain(String text, String usualEncoding) {
        this.text = text;
        this.usualEncoding = usualEncoding;
    }

    static Optional<Chain> named(String text) {
        return Arrays.stream(values()).filter(chain -> chain.text.equals(text)).findFirst();
    }

    abstract boolean owns(Wallet wallet);

    /** Whether that wallet signed that message; false for every signature that cannot be read. */
    abstract boolean signed(Wallet wallet, String message, String signature, String encoding);

    String text() {
        return text;
    }

    String usualEncoding() {
        return usualEncoding;
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
