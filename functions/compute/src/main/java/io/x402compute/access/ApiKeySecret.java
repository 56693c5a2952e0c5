package io.x402compute.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as its holder knows it: {@code x402c_} and the base64url of 256 random bits and their CRC-32. With the checksum
 * whatever merely looks like a key is told from one without asking a table, here and by scanners for leaked keys.
 */
public final class ApiKeySecret {
    private static final String PREFIX = "x402c_";
    private static final int RANDOM_BYTES = 32;
    private static final int SHOWN = 4;
    /** 36 bytes are 48 characters exactly: no padding, and one spelling per key. */
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{48}");

    private final String text;

    private ApiKeySecret(String text) {
        this.text = text;
    }

    static ApiKeySecret random(SecureRandom source) {
        byte[] random = new byte[RANDOM_BYTES];
        source.nextBytes(random);
        byte[] whole = ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES).put(random).putInt(checksum(random)).array();
        return new ApiKeySecret(PREFIX + Base64.getUrlEncoder().encodeToString(whole));
    }

    /** The key of that text; empty when it cannot be one. */
    static Optional<ApiKeySecret> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
        byte[] random = new byte[RANDOM_BYTES];
        whole.get(random);
        return whole.getInt() == checksum(random) ? Optional.of(new ApiKeySecret(text)) : Optional.empty();
    }

    /** All of it, for its holder only. */
    public String text() {
        return text;
    }

    /** By which its holder tells it from his others. */
    String last4() {
        return text.substring(text.length() - SHOWN);
    }

    /** Never the key: this is what ends up in logs. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static int checksum(byte[] random) {
        CRC32 checksum = new CRC32();
        checksum.update(random);
        return (int) checksum.getValue();
    }
}
