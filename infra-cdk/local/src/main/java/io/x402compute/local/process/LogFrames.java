package io.x402compute.local.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a function's process writes: whatever it prints, and between it in frames what it logs, one frame a message, as
 * AWS's runtime client sends it to Lambda. A frame is four bytes of type, four of length, eight of time, then the message.
 */
final class LogFrames {
    /** How every frame's type begins; in text it would take a NUL after a character like the yen sign and a Z. */
    private static final int TYPE = 0xa55a0000;
    private static final int TYPE_MASK = 0xffffff00;
    private static final int LENGTH_AT = 4;
    private static final int HEADER = 16;

    private LogFrames() {}

    /** The messages and the text in between, in order. A frame that is cut off ends where the bytes do. */
    static List<String> texts(byte[] written) {
        List<String> texts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(written);
        int textFrom = 0;
        int at = 0;
        while (at + HEADER <= written.length) {
            if ((bytes.getInt(at) & TYPE_MASK) != TYPE) {
                at++;
                continue;
            }
            add(texts, written, textFrom, at);
            int end = Math.min(written.length, at + HEADER + Math.max(0, bytes.getInt(at + LENGTH_AT)));
            add(texts, written, at + HEADER, end);
            at = end;
            textFrom = end;
        }
        add(texts, written, textFrom, written.length);
        return texts;
    }

    private static void add(List<String> texts, byte[] written, int from, int to) {
        if (to > from) {
            texts.add(new String(written, from, to - from, StandardCharsets.UTF_8));
        }
    }
}
