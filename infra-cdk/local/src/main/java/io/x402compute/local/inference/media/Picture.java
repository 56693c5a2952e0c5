package io.x402compute.local.inference.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

import javax.imageio.ImageIO;

/**
 * A picture.
 *
 * @param description what it shows, kept in the file beside its pixels; empty when nobody has said
 */
public record Picture(BufferedImage image, String description) {
    private static final int DISCS = 5;
    private static final int OPAQUE = 0xFF000000;

    static {
        // No screen is needed for any of this.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /** Discs on a slope of colours, all of which follow from the words and the seed. */
    public static Picture painted(String words, long seed, int width, int height) {
        SplittableRandom random = Hash.random(words, seed);
        int from = random.nextInt(0x1000000);
        int to = random.nextInt(0x1000000);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            int row = blend(from, to, y, height);
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, row);
            }
        }
        for (int disc = 0; disc < DISCS; disc++) {
            drawDisc(image, random.nextInt(width), random.nextInt(height),
                    1 + random.nextInt(Math.max(1, Math.min(width, height) / 3)), random.nextInt(0x1000000));
        }
        return new Picture(image, words);
    }

    /**
     * The picture in a file.
     *
     * @throws UnreadableException unless it is PNG, JPEG, GIF, BMP or WBMP
     */
    public static Picture read(byte[] file) throws UnreadableException {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            if (image != null) {
                return new Picture(image, PictureText.read(file));
            }
        } catch (IOException | RuntimeException e) {
            // A damaged file makes the decoder throw what it likes; answered below, like a file of any other kind.
        }
        throw new UnreadableException("not a picture");
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /** The same, that many times as wide and as high. */
    public Picture scaled(int factor) {
        BufferedImage scaled = new BufferedImage(width() * factor, height() * factor, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < scaled.getHeight(); y++) {
            for (int x = 0; x < scaled.getWidth(); x++) {
                scaled.setRGB(x, y, image.getRGB(x / factor, y / factor));
            }
        }
        return new Picture(scaled, description);
    }

    /** The same without what has the colour of its upper left corner, or a colour much like it. */
    public Picture cutOut() {
        return mapped(pixel -> like(pixel, image.getRGB(0, 0)) ? 0 : pixel);
    }

    /** White where {@link #cutOut} leaves something, black elsewhere. */
    public Picture mask() {
        return mapped(pixel -> like(pixel, image.getRGB(0, 0)) ? OPAQUE : 0xFFFFFFFF);
    }

    /** The same with its colours brought halfway to another's, and described as that. */
    public Picture blendedWith(Picture other) {
        BufferedImage blended = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int theirs = other.image.getRGB(x * other.width() / width(), y * other.height() / height());
                blended.setRGB(x, y, OPAQUE | blend(image.getRGB(x, y), theirs, 1, 2));
            }
        }
        return new Picture(blended, other.description);
    }

    public byte[] png() {
        return PictureText.intoPng(encoded("png", image), description);
    }

    public byte[] jpeg() {
        BufferedImage opaque = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        opaque.setRGB(0, 0, width(), height(), image.getRGB(0, 0, width(), height(), null, 0, width()), 0, width());
        return PictureText.intoJpeg(encoded("jpeg", opaque), description);
    }

    private Picture mapped(IntUnaryOperator change) {
        BufferedImage changed = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                changed.setRGB(x, y, change.applyAsInt(image.getRGB(x, y)));
            }
        }
        return new Picture(changed, description);
    }

    private static byte[] encoded(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void drawDisc(BufferedImage image, int centreX, int centreY, int radius, int colour) {
        for (int y = Math.max(0, centreY - radius); y < Math.min(image.getHeight(), centreY + radius); y++) {
            for (int x = Math.max(0, centreX - radius); x < Math.min(image.getWidth(), centreX + radius); x++) {
                if ((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) < radius * radius) {
                    image.setRGB(x, y, colour);
                }
            }
        }
    }

    private static int blend(int from, int to, int step, int steps) {
        int blended = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = (from >> shift) & 0xFF;
            int b = (to >> shift) & 0xFF;
            blended |= (a + (b - a) * step / steps) << shift;
        }
        return blended;
    }

    private static boolean like(int a, int b) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            distance += Math.abs(((a >> shift) & 0xFF) - ((b >> shift) & 0xFF));
        }
        return distance < 48;
    }
}
