package io.x402compute.local.inference.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An MP4 file of one picture a second, each a JPEG: boxes in boxes, as of ISO 14496-12. */
public final class Film {
    private static final int MILLIS = 1000;
    private static final int[] UNTURNED = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

    private Film() {}

    /** What the words say, a little different each second. */
    public static byte[] shot(String words, long seed, int width, int height, int seconds) {
        List<byte[]> frames = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            frames.add(Picture.painted(words, seed + second, width, height).jpeg());
        }
        return of(frames, width, height);
    }

    /** Whether it begins like an MP4 file. */
    public static boolean is(byte[] file) {
        return Sound.has(file, 4, "ftyp");
    }

    private static byte[] of(List<byte[]> frames, int width, int height) {
        byte[] type = box("ftyp", ascii("isom"), ints(512), ascii("isomiso2mp41"));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        frames.forEach(data::writeBytes);
        byte[] index = box("moov", head(frames.size()), track(frames, width, height, type.length + 8));
        return joined(type, box("mdat", data.toByteArray()), index);
    }

    private static byte[] head(int seconds) {
        return box("mvhd", ints(0, 0, 0, MILLIS, seconds * MILLIS, 0x10000, 0x01000000, 0, 0), ints(UNTURNED),
                ints(0, 0, 0, 0, 0, 0, 2));
    }

    private static byte[] track(List<byte[]> frames, int width, int height, int dataBegins) {
        int duration = frames.size() * MILLIS;
        byte[] head = box("tkhd", ints(3, 0, 0, 1, 0, duration, 0, 0, 0, 0), ints(UNTURNED),
                ints(width << 16, height << 16));
        byte[] mediaHead = box("mdhd", ints(0, 0, 0, MILLIS, duration, 0x55C40000));
        byte[] handler = box("hdlr", ints(0, 0), ascii("vide"), ints(0, 0, 0), ascii("film\0"));
        byte[] where = box("dinf", box("dref", ints(0, 1), box("url ", ints(1))));
        byte[] information = box("minf", box("vmhd", ints(1, 0, 0)), where, samples(frames, width, height, dataBegins));
        return box("trak", head, box("mdia", mediaHead, handler, information));
    }

    private static byte[] samples(List<byte[]> frames, int width, int height, int dataBegins) {
        byte[] entry = box("jpeg", ints(0, 1, 0, 0, 0, 0), ints((width << 16) | height, 0x480000, 0x480000, 0),
                new byte[]{0, 1}, new byte[32], new byte[]{0, 24, -1, -1});
        int[] sizes = new int[frames.size() + 3];
        sizes[2] = frames.size();
        for (int i = 0; i < frames.size(); i++) {
            sizes[i + 3] = frames.get(i).length;
        }
        return box("stbl", box("stsd", ints(0, 1), entry), box("stts", ints(0, 1, frames.size(), MILLIS)),
                box("stsc", ints(0, 1, 1, frames.size(), 1)), box("stsz", ints(sizes)),
                box("stco", ints(0, 1, dataBegins)));
    }

    private static byte[] box(String type, byte[]... contents) {
        byte[] content = joined(contents);
        return ByteBuffer.allocate(8 + content.length).putInt(8 + content.length).put(ascii(type)).put(content)
                .array();
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
