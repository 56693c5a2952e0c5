package io.x402compute.instance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts passwords for the table, each for one instance: what is copied to another row cannot be opened there. AES-256-GCM
 * under a key that HKDF-SHA-256 (RFC 5869) derives from a secret kept apart from the table.
 *
 * <p>An envelope is its version, 1, in one byte, a random nonce of 12 bytes, and the cipher text with its tag of 16 bytes.
 */
public final class PasswordSeal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    /** The secret may one day have keys derived for something else. */
    private static final byte[] PURPOSE = bytes("x402compute root password v1");

    private final Supplier<String> secret;

    public PasswordSeal(Supplier<String> secret) {
        this.secret = secret;
    }

    SealedPassword seal(RootPassword password, InstanceId instance) {
        byte[] nonce = new byte[NONCE_BYTES];
        // Made here: the state of an older source would be the same in everything restored from one snapshot.
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, instance).doFinal(bytes(password.text()));
            byte[] envelope = ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(VERSION).put(nonce).put(sealed)
                    .array();
            return new SealedPassword(Base64.getEncoder().encodeToString(envelope));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM and HKDF", e);
        }
    }

    /** @throws IllegalStateException when it was not sealed for this instance under this secret, or is not what was sealed */
    RootPassword open(SealedPassword sealed, InstanceId instance) {
        byte[] envelope = Base64.getDecoder().decode(sealed.envelope());
        if (envelope.length <= NONCE_BYTES || envelope[0] != VERSION) {
            throw new IllegalStateException("not an envelope of this version");
        }
        byte[] nonce = Arrays.copyOfRange(envelope, 1, 1 + NONCE_BYTES);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, instance).doFinal(envelope, 1 + NONCE_BYTES,
                    envelope.length - 1 - NONCE_BYTES);
            return RootPassword.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a password that was not sealed for this instance under this secret", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, InstanceId instance) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bytes(instance.toString()));
        return cipher;
    }

    private SecretKey key() throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES",
                HKDFParameterSpec.ofExtract().addIKM(bytes(secret.get())).thenExpand(PURPOSE, KEY_BYTES));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
