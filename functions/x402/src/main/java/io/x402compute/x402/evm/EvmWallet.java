package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
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

    /**
     * Signs a permit of Permit2.
     *
     * @param network the EVM chain that it is for
     */
    public SchemePayload.Permit2 authorize(Permit2Authorization permit, Network network) {
        byte[] signature = sign(Permit2.digest(network.chainId(), permit)).toBytes();
        return new SchemePayload.Permit2(permit, Hex.of(signature));
    }

    /**
     * Signs a permit of Permit2 for at most its amount.
     *
     * @param facilitator who decides, when it settles, how much of it is taken
     * @param network the EVM chain that it is for
     */
    public SchemePayload.Upto authorizeUpTo(Permit2Authorization permit, String facilitator, Network network) {
        String settler = Hex.lowerCase(facilitator);
        byte[] signature = sign(Permit2.uptoDigest(network.chainId(), permit, settler)).toBytes();
        return new SchemePayload.Upto(permit, settler, Hex.of(signature));
    }

    /**
     * Signs a token's own permit (EIP-2612), of this wallet for Permit2.
     *
     * @param nonce how many permits of this wallet the token has taken
     * @throws IllegalArgumentException when the offer does not name the token's EIP-712 domain
     */
    public Eip2612Permit approvePermit2(PaymentRequirements requirements, BigInteger amount, BigInteger nonce,
            BigInteger deadline) {
        TokenDomain domain = TokenDomain.of(requirements)
                .orElseThrow(() -> new IllegalArgumentException("the offer has no EIP-712 name and version"));
        String asset = Hex.lowerCase(requirements.asset());
        String spender = Hex.lowerCase(Permit2.ADDRESS);
        byte[] signature = sign(Eip2612Digest.of(domain, lowerCaseAddress, spender, amount, nonce, deadline)).toBytes();
        return new Eip2612Permit(lowerCaseAddress, asset, spender, amount, nonce, deadline, Hex.of(signature));
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
