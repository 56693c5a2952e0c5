package io.x402compute.x402.evm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Wallet;

/** EIP-191 personal messages: text signed by a wallet, with a prefix that keeps it from being a transaction. */
public final class EthereumSignedMessage {
    private static final String PREFIX = "\u0019Ethereum Signed Message:\n";

    private EthereumSignedMessage() {}

    /**
     * The plain-key wallet that signed this text.
     *
     * @param signatureHex {@code 0x} and 65 bytes: r, s in its lower half, v as 27, 28, 0 or 1
     * @return empty when the signature is malformed or no key can have made it. Any other signature belongs to
     *         <em>some</em> wallet: compare it with the one expected
     */
    public static Optional<Wallet> recover(String text, String signatureHex) {
        byte[] signature;
        try {
            signature = Hex.bytes(signatureHex);
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
        return EcdsaSignature.ofMessage(signature)
                .flatMap(canonical -> Ecdsa.fastest().signer(digest(text), canonical))
                .flatMap(Wallet::of);
    }

    static byte[] digest(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = (PREFIX + body.length).getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return Keccak.hash(message);
    }
}
