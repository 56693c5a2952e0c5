package io.x402compute.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts what a table may hold but nobody may read there: AES-256-GCM under a key that HKDF-SHA-256 (RFC 5869) derives from
 * secrets kept apart from the table. Each envelope belongs to one place: what is copied elsewhere cannot be opened there.
 *
 * <p>An envelope is its version, 1, in one byte, a random nonce of 12 bytes, and the cipher text with its tag of 16 bytes;
 * in base64.
 */
public final class Envelope {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final byte[] purpose;
    private final byte[] place;
    private final List<byte[]> secrets;

    /**
     * @param purpose tells the keys of one use of the secrets from those of another
     * @param place where the envelope belongs
     * @param secrets all of which are needed
     */
    public Envelope(String purpose, String place, String... secrets) {
        this.purpose = bytes(purpose);
        this.place = bytes(place);
        this.secrets = Arrays.stream(secrets).map(Envelope::bytes).toList();
    }

    public String seal(byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        // Made here: the state of an older source would be the same in everything restored from one snapshot.
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
            return Base64.getEncoder().encodeToString(ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(VERSION)
                    .put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM and HKDF", e);
        }
    }

    /**
     * What was sealed.
     *
     * @throws IllegalStateException when it was not sealed for this place under these secrets, or was changed since
     */
    public byte[] open(String sealed) {
        byte[] envelope = Base64.getDecoder().decode(sealed);
        if (envelope.length <= NONCE_BYTES || envelope[0] != VERSION) {
            throw new IllegalStateException("not an envelope of this version");
        }
        byte[] nonce = Arrays.copyOfRange(envelope, 1, 1 + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(envelope, 1 + NONCE_BYTES,
                    envelope.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an envelope that was not sealed for this place under this secret", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher;
    }

    private SecretKey key() throws GeneralSecurityException {
        HKDFParameterSpec.Builder input = HKDFParameterSpec.ofExtract();
        for (int i = 0; i < secrets.size(); i++) {
            if (i > 0) {
                // Where one ends: "ab" and "c" are not "a" and "bc".
                input.addIKM(new byte[]{0});
            }
            input.addIKM(secrets.get(i));
        }
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", input.thenExpand(purpose, KEY_BYTES));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
