package io.x402compute.local.inference.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sound of one channel.
 *
 * @param samples of 16 bits
 * @param rate of them in a second
 */
public record Sound(short[] samples, int rate) {
    private static final int PCM = 1;
    private static final int HEADER = 44;

    public Duration duration() {
        return Duration.ofMillis(samples.length * 1000L / rate);
    }

    /** The samples alone, little-endian. */
    public byte[] pcm() {
        byte[] bytes = new byte[samples.length * 2];
        little(bytes).asShortBuffer().put(samples);
        return bytes;
    }

    public byte[] wav() {
        byte[] file = new byte[HEADER + samples.length * 2];
        little(file).put(ascii("RIFF")).putInt(file.length - 8).put(ascii("WAVE"))
                .put(ascii("fmt ")).putInt(16).putShort((short) PCM).putShort((short) 1)
                .putInt(rate).putInt(rate * 2).putShort((short) 2).putShort((short) 16)
                .put(ascii("data")).putInt(samples.length * 2).put(pcm());
        return file;
    }

    /**
     * The sound in a file; of several channels the first.
     *
     * @throws UnreadableException unless it is WAV with PCM of 16 bits
     */
    public static Sound readWav(byte[] file) throws UnreadableException {
        ByteBuffer chunks = little(file);
        if (!has(file, 0, "RIFF") || !has(file, 8, "WAVE")) {
            throw new UnreadableException("not a WAV file");
        }
        int rate = 0;
        int channels = 0;
        for (int at = 12; at + 8 <= file.length;) {
            int length = Math.clamp(chunks.getInt(at + 4), 0, file.length - at - 8);
            if (has(file, at, "fmt ") && length >= 16) {
                channels = chunks.getShort(at + 10);
                rate = chunks.getInt(at + 12);
                if (chunks.getShort(at + 8) != PCM || chunks.getShort(at + 22) != 16) {
                    throw new UnreadableException("not PCM of 16 bits");
                }
            } else if (has(file, at, "data") && rate > 0 && channels > 0) {
                return new Sound(samples(chunks.slice(at + 8, length), channels), rate);
            }
            at += 8 + length + length % 2;
        }
        throw new UnreadableException("a WAV file without sound");
    }

    private static short[] samples(ByteBuffer data, int channels) {
        data.order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[data.capacity() / (2 * channels)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = data.getShort(i * 2 * channels);
        }
        return samples;
    }

    static boolean has(byte[] file, int at, String word) {
        return file.length >= at + word.length()
                && new String(file, at, word.length(), StandardCharsets.ISO_8859_1).equals(word);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
