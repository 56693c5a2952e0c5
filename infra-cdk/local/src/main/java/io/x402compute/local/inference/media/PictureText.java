package io.x402compute.local.inference.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Words in the files of pictures: an {@code iTXt} chunk named Description in PNG, a comment in JPEG. */
final class PictureText {
    /** A PNG file's signature and its first chunk. */
    private static final int PNG_HEAD = 8 + 25;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] ITXT = "iTXt".getBytes(StandardCharsets.US_ASCII);
    /** The keyword, uncompressed, of no language. */
    private static final byte[] KEYWORD = "Description\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int JPEG_COMMENT = 0xFFFE;
    /** What a JPEG segment has place for. */
    private static final int LONGEST_COMMENT = 65_533;

    private PictureText() {}

    static byte[] intoPng(byte[] file, String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(4 + KEYWORD.length + words.length).put(ITXT).put(KEYWORD).put(words)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        byte[] chunk = ByteBuffer.allocate(content.length + 8).putInt(content.length - 4).put(content)
                .putInt((int) checksum.getValue()).array();
        return inserted(file, PNG_HEAD, chunk);
    }

    static byte[] intoJpeg(byte[] file, String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        byte[] kept = Arrays.copyOf(words, Math.min(words.length, LONGEST_COMMENT));
        byte[] segment = ByteBuffer.allocate(kept.length + 4).putShort((short) JPEG_COMMENT)
                .putShort((short) (kept.length + 2)).put(kept).array();
        return inserted(file, 2, segment);
    }

    /** The words in a file that can be read; empty without. */
    static String read(byte[] file) {
        return Arrays.equals(Arrays.copyOf(file, PNG.length), PNG) ? ofPng(file) : ofJpeg(file);
    }

    private static String ofPng(byte[] file) {
        ByteBuffer chunks = ByteBuffer.wrap(file).position(8);
        while (chunks.remaining() >= 12) {
            int length = chunks.getInt();
            byte[] content = new byte[Math.clamp(length, 0, chunks.remaining() - 8) + 4];
            chunks.get(content).getInt();
            byte[] begin = ByteBuffer.allocate(4 + KEYWORD.length).put(ITXT).put(KEYWORD).array();
            if (content.length >= begin.length && Arrays.equals(Arrays.copyOf(content, begin.length), begin)) {
                return new String(content, begin.length, content.length - begin.length, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String ofJpeg(byte[] file) {
        ByteBuffer segments = ByteBuffer.wrap(file).position(2);
        while (segments.remaining() >= 4) {
            int marker = Short.toUnsignedInt(segments.getShort());
            int length = Short.toUnsignedInt(segments.getShort()) - 2;
            if (marker >>> 8 != 0xFF || length < 0 || length > segments.remaining()) {
                return "";
            }
            byte[] content = new byte[length];
            segments.get(content);
            if (marker == JPEG_COMMENT) {
                return new String(content, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static byte[] inserted(byte[] file, int at, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + piece.length);
        out.write(file, 0, at);
        out.write(piece, 0, piece.length);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }
}
