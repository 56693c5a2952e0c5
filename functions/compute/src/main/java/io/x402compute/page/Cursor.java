package io.x402compute.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place as text for clients to hand back: base64url of the place and of a checksum over it and its scope, which is the list,
 * whose it is, and its filters. The checksum finds what was mistaken for a cursor of this list. It is no secret and need not
 * be one: whoever makes a cursor up begins somewhere else in a list that is his own anyway.
 */
public final class Cursor {
    private static final int PLACE_BYTES = Long.BYTES * 3;
    private static final int CHECKSUM_BYTES = 12;
    /** 36 bytes are 48 characters exactly: no padding, and one spelling per place. */
    private static final int LENGTH = 48;

    private Cursor() {}

    public static String of(Place place, String scope) {
        byte[] bytes = ByteBuffer.allocate(PLACE_BYTES).putLong(place.createdAt().toEpochMilli())
                .putLong(place.id().getMostSignificantBits()).putLong(place.id().getLeastSignificantBits()).array();
        return Base64.getUrlEncoder().encodeToString(
                ByteBuffer.allocate(PLACE_BYTES + CHECKSUM_BYTES).put(bytes).put(checksum(bytes, scope)).array());
    }

    /** The place of that text; empty unless it is a cursor of that scope. */
    public static Optional<Place> read(String text, String scope) {
        return decoded(text)
                .filter(bytes -> Arrays.equals(Arrays.copyOfRange(bytes, PLACE_BYTES, bytes.length),
                        checksum(Arrays.copyOf(bytes, PLACE_BYTES), scope)))
                .map(ByteBuffer::wrap)
                .map(bytes -> new Place(Instant.ofEpochMilli(bytes.getLong()),
                        new UUID(bytes.getLong(), bytes.getLong())));
    }

    private static Optional<byte[]> decoded(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(bytes -> bytes.length == PLACE_BYTES + CHECKSUM_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] checksum(byte[] place, String scope) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(place);
            digest.update(scope.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
