package io.x402compute.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a client gives to one write, so that sending it again, for whatever reason, does not do it again. It means
 * something only together with the wallet whose write it is.
 *
 * <p>With a stored answer it is half of what opens that answer: it is neither stored nor logged, only {@link #hash hashed}.
 *
 * @param text 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String text) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[ -~]{1,255}");

    public IdempotencyKey {
        if (!FORM.matcher(text).matches()) {
            throw ApiException.badRequest("invalid_idempotency_key",
                    HEADER + " must have 1 to 255 printable ASCII characters");
        }
    }

    static Optional<IdempotencyKey> of(ApiRequest request) {
        return request.header(HEADER).map(IdempotencyKey::new);
    }

    /**
     * By what it is stored: SHA-256, 64 lower-case hex digits.
     *
     * @param scope within which it names one write; without it equal keys of different clients would show as equal
     */
    public String hash(String scope) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((scope + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Never the key: this is what ends up in logs. */
    @Override
    public String toString() {
        return HEADER;
    }
}
