package io.x402compute.x402.facilitator;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Private keys of Ed25519 in base64: 32 bytes of seed, and the public key. */
final class Ed25519KeyText {
    private static final String ED25519 = "Ed25519";
    private static final int SEED_BYTES = 32;
    private static final int KEY_PAIR_BYTES = 64;
    /** How every public key begins that X.509 holds: that it is one of Ed25519. */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519KeyText() {}

    /** @throws GeneralSecurityException when it is no such key, or its halves do not belong together */
    static PrivateKey read(String text) throws GeneralSecurityException {
        byte[] both = decoded(text);
        KeyFactory keys = KeyFactory.getInstance(ED25519);
        PrivateKey key = keys.generatePrivate(
                new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(both, SEED_BYTES)));
        byte[] x509 = Arrays.copyOf(X509_HEAD, X509_HEAD.length + SEED_BYTES);
        System.arraycopy(both, SEED_BYTES, x509, X509_HEAD.length, SEED_BYTES);
        if (!belong(key, keys.generatePublic(new X509EncodedKeySpec(x509)))) {
            throw new InvalidKeySpecException();
        }
        return key;
    }

    private static byte[] decoded(String base64) throws InvalidKeySpecException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == KEY_PAIR_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // No base64 is as wrong as the wrong length.
        }
        throw new InvalidKeySpecException();
    }

    /** The JDK does not tell the public key of a seed. */
    private static boolean belong(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ED25519);
        signature.initSign(key);
        signature.update(X509_HEAD);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(X509_HEAD);
        return signature.verify(signed);
    }
}
