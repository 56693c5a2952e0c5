package io.x402compute.x402.evm;

import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Wallet;

/**
 * An EIP-712 message of texts and numbers, in a domain that is no contract's: for what is checked by people and programs, never
 * by a chain. Its fields are given one after the other, in the order of its type.
 *
 * <p>Not thread-safe while it is filled.
 */
public final class TypedMessage {
    private static final byte[] DOMAIN = Keccak.hash("EIP712Domain(string name,string version,uint256 chainId)");
    private static final int DOMAIN_WORDS = 4;
    private static final byte[] PREFIX = {0x19, 0x01};

    private final byte[] separator;
    private final Words words;

    /**
     * A message without its fields.
     *
     * @param domain the domain's name; its version is 1
     * @param chainId of the domain
     * @param type as EIP-712 writes it, of {@code string} and {@code uint256} alone: {@code Name(string a,uint256 b)}
     */
    public TypedMessage(String domain, long chainId, String type) {
        separator = Keccak.hash(new Words(DOMAIN_WORDS).bytes32(DOMAIN).bytes32(Keccak.hash(domain))
                .bytes32(Keccak.hash("1")).uint(chainId).toBytes());
        words = new Words(1 + type.split(",", -1).length).bytes32(Keccak.hash(type));
    }

    /** The next field, which is a text. */
    public TypedMessage text(String value) {
        words.bytes32(Keccak.hash(value));
        return this;
    }

    /**
     * The next field, which is a number.
     *
     * @param value not negative
     */
    public TypedMessage number(long value) {
        words.uint(value);
        return this;
    }

    /** The plain-key wallet that signed this; empty when the signature is malformed or no key can have made it. */
    public Optional<Wallet> signer(String signatureHex) {
        byte[] signature;
        try {
            signature = Hex.bytes(signatureHex);
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
        return EcdsaSignature.ofMessage(signature)
                .flatMap(canonical -> Ecdsa.fastest().signer(digest(), canonical))
                .flatMap(Wallet::of);
    }

    /** @throws IllegalStateException when a field is missing */
    byte[] digest() {
        byte[] message = new byte[PREFIX.length + 2 * Keccak.BYTES];
        System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
        System.arraycopy(separator, 0, message, PREFIX.length, Keccak.BYTES);
        System.arraycopy(Keccak.hash(words.toBytes()), 0, message, PREFIX.length + Keccak.BYTES, Keccak.BYTES);
        return Keccak.hash(message);
    }
}
