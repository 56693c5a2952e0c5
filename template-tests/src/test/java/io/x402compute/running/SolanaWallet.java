package io.x402compute.running;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

import io.x402compute.x402.solana.Base58;

/** A new key of the kind that Solana's wallets have. */
final class SolanaWallet {
    private static final int PUBLIC_KEY_BYTES = 32;

    private final KeyPair keys;

    SolanaWallet() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    WalletHeaders credentials() {
        return new WalletHeaders("solana", address(), "base64", message -> UsedSecrets.remember(sign(message)));
    }

    private String address() {
        byte[] encoded = keys.getPublic().getEncoded();
        return Base58.encode(Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length));
    }

    private String sign(String message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(WalletHeaders.bytes(message));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
