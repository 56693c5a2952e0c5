package io.x402compute.local.inference.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Silence in MP3, with what should be heard in it as its lyrics: there is no encoder in the JDK. */
public final class Mp3 {
    /** A frame of MPEG-2 layer III, 24 kHz, mono, 8 kbit/s, in which nothing is heard: 24 bytes, and as many milliseconds. */
    private static final byte[] SILENCE = new byte[24];
    private static final int[] SILENCE_HEADER = {0xFF, 0xF3, 0x14, 0xC0};
    private static final int TAG_HEADER = 10;
    /** UTF-8, English, without a title. */
    private static final byte[] LYRICS = {3, 'e', 'n', 'g', 0};

    static {
        for (int i = 0; i < SILENCE_HEADER.length; i++) {
            SILENCE[i] = (byte) SILENCE_HEADER[i];
        }
    }

    private Mp3() {}

    public static byte[] silence(Duration duration, String lyrics) {
        byte[] words = lyrics.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[]{'I', 'D', '3', 4, 0, 0});
        file.writeBytes(size(TAG_HEADER + LYRICS.length + words.length));
        file.writeBytes("USLT".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(size(LYRICS.length + words.length));
        file.writeBytes(new byte[2]);
        file.writeBytes(LYRICS);
        file.writeBytes(words);
        for (long frame = 0; frame * SILENCE.length < duration.toMillis() || frame == 0; frame++) {
            file.writeBytes(SILENCE);
        }
        return file.toByteArray();
    }

    /** Whether it begins like an MP3 file. */
    public static boolean is(byte[] file) {
        return Sound.has(file, 0, "ID3")
                || (file.length > 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xE6) == 0xE2);
    }

    /** The lyrics of a file that was made here. */
    public static Optional<String> lyrics(byte[] file) {
        if (!Sound.has(file, 0, "ID3") || !Sound.has(file, TAG_HEADER, "USLT") || file.length < 2 * TAG_HEADER) {
            return Optional.empty();
        }
        int from = 2 * TAG_HEADER + LYRICS.length;
        int length = Math.min(size(file, TAG_HEADER + 4) - LYRICS.length, file.length - from);
        return length <= 0 ? Optional.empty() : Optional.of(new String(file, from, length, StandardCharsets.UTF_8));
    }

    /** How long it plays, at the bit rate that files made here have. */
    public static Duration duration(byte[] file) {
        int tag = Sound.has(file, 0, "ID3") && file.length >= TAG_HEADER ? TAG_HEADER + size(file, 6) : 0;
        return Duration.ofMillis(Math.max(0, file.length - tag));
    }

    /** Seven bits in each of four bytes. */
    private static byte[] size(int size) {
        return new byte[]{(byte) ((size >> 21) & 0x7F), (byte) ((size >> 14) & 0x7F), (byte) ((size >> 7) & 0x7F),
            (byte) (size & 0x7F)};
    }

    private static int size(byte[] file, int at) {
        return (file[at] << 21) | (file[at + 1] << 14) | (file[at + 2] << 7) | file[at + 3];
    }
}
