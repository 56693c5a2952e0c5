package io.x402compute.local.inference.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/** Chance that comes out alike whenever the same is asked. */
public final class Hash {
    private Hash() {}

    public static long of(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SplittableRandom random(String text, long seed) {
        return new SplittableRandom(of(text) ^ (seed * 0x9E3779B97F4A7C15L));
    }
}
