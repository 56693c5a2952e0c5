package io.x402compute.instance;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;

import org.apache.commons.codec.digest.Sha2Crypt;

/** A password for root, in the clear: held for as long as it takes to seal, hash or show it. */
public final class RootPassword {
    /** Letters and digits that nobody takes for another one, and that no keyboard layout has elsewhere than ASCII does. */
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    /** 138 bits. */
    private static final int LENGTH = 24;
    private static final String SALT_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SALT_LENGTH = 16;

    private final String text;

    private RootPassword(String text) {
        this.text = text;
    }

    /** @param source not older than the request: what a snapshot holds of one would be the same wherever it is restored */
    static RootPassword random(SecureRandom source) {
        return new RootPassword(characters(source, ALPHABET, LENGTH));
    }

    static RootPassword of(String text) {
        return new RootPassword(text);
    }

    /** All of it, for the machine's owner only. */
    public String text() {
        return text;
    }

    /** What a machine may be told, under another salt each time. With this many random bits no guess needs to be slow. */
    PasswordHash hash(SecureRandom source) {
        String salt = "$6$" + characters(source, SALT_ALPHABET, SALT_LENGTH);
        return new PasswordHash(Sha2Crypt.sha512Crypt(text.getBytes(StandardCharsets.UTF_8), salt));
    }

    /** Never the password: this is what ends up in logs. */
    @Override
    public String toString() {
        return "a password";
    }

    private static String characters(SecureRandom source, String alphabet, int length) {
        return source.ints(length, 0, alphabet.length()).mapToObj(index -> alphabet.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
