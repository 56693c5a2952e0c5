package io.x402compute.inference.upstream;

import java.util.regex.Pattern;

/** Of files, by how they begin: what is told of them is often only that they are bytes. */
final class MediaTypes {
    static final String UNKNOWN = "application/octet-stream";
    private static final Pattern PLAIN = Pattern.compile("(?:image|audio|video)/[a-z0-9.+-]{1,64}|application/pdf");

    private MediaTypes() {}

    /** @param told as of an answer; believed where the file itself says nothing, unless a browser would run it */
    static String of(byte[] bytes, String told) {
        if (begins(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (begins(bytes, 0, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        if (begins(bytes, 0, 'R', 'I', 'F', 'F')) {
            return begins(bytes, 8, 'W', 'E', 'B', 'P') ? "image/webp" : "audio/wav";
        }
        if (begins(bytes, 4, 'f', 't', 'y', 'p')) {
            return "video/mp4";
        }
        return PLAIN.matcher(told).matches() && !told.equals("image/svg+xml") ? told : UNKNOWN;
    }

    private static boolean begins(byte[] bytes, int from, int... with) {
        if (bytes.length < from + with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[from + i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
