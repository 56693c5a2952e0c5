package io.x402compute.x402.evm;

import java.util.Optional;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Wallet;

/** An account whose private key we hold: a payer's, or the one that settles. Never prints its key. */
public final class EvmWallet {
    private final byte[] privateKey;
    private final String lowerCaseAddress;

    private EvmWallet(byte[] privateKey) {
        this.privateKey = privateKey;
        this.lowerCaseAddress = Ecdsa.fastest().address(privateKey);
    }

    /**
     * The wallet of a private key.
     *
     * @param privateKeyHex {@code 0x} and 64 hex digits
     * @throws IllegalArgumentException when that is no valid key; its message never holds the text
     */
    public static EvmWallet of(String privateKeyHex) {
        return new EvmWallet(keyBytes(privateKeyHex)
                .orElseThrow(() -> new IllegalArgumentException("a private key is 0x and 64 hex digits")));
    }

    /** The EIP-55 checksummed address. */
    public String address() {
        return EvmAddress.checksummed(lowerCaseAddress);
    }

    public Wallet wallet() {
        return new Wallet(lowerCaseAddress);
    }

    /**
     * Signs a transfer on the terms of an offer.
     *
     * @throws IllegalArgumentException when the offer does not name the token's EIP-712 domain
     */
    public SchemePayload.Eip3009 authorize(Eip3009Authorization authorization, PaymentRequirements requirements) {
        TokenDomain domain = TokenDomain.of(requirements)
                .orElseThrow(() -> new IllegalArgumentException("the offer has no EIP-712 name and version"));
        byte[] signature = sign(TransferDigest.of(domain, authorization)).toBytes();
        return new SchemePayload.Eip3009(authorization, Hex.of(signature));
    }

    /** Signs text as an EIP-191 personal message: {@code 0x} and 65 bytes. */
    public String signMessage(String text) {
        return Hex.of(sign(EthereumSignedMessage.digest(text)).toBytes());
    }

    /** Signs a typed message: {@code 0x} and 65 bytes. */
    public String sign(TypedMessage message) {
        return Hex.of(sign(message.digest()).toBytes());
    }

    /** The address: a wallet may end up in a log line, its key may not. */
    @Override
    public String toString() {
        return address();
    }

    EcdsaSignature sign(byte[] digest) {
        return Ecdsa.fastest().sign(digest, privateKey);
    }

    private static Optional<byte[]> keyBytes(String hex) {
        try {
            return Optional.of(Hex.bytes(hex));
        } catch (IllegalArgumentException withTextOfTheKey) {
            return Optional.empty();
        }
    }
}
