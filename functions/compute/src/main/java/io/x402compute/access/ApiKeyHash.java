package io.x402compute.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is stored of a key: HMAC-SHA-256 under a pepper that is kept apart from the table, so that the table alone lets nobody
 * check a guess. 256 random bits need no slow hash.
 */
public final class ApiKeyHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Supplier<String> pepper;

    public ApiKeyHash(Supplier<String> pepper) {
        this.pepper = pepper;
    }

    /** 64 lower-case hex digits. */
    String of(ApiKeySecret key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(pepper.get().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(key.text().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
