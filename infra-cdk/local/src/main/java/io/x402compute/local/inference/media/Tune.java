package io.x402compute.local.inference.media;

import java.util.SplittableRandom;

/** Music: a melody of five notes that follows from the words. */
public final class Tune {
    private static final int RATE = 16_000;
    private static final int NOTES_A_SECOND = 4;
    /** Of a pentatonic scale, in semitones: nothing in it sounds wrong. */
    private static final int[] SCALE = {0, 2, 4, 7, 9, 12};
    private static final int LOUDNESS = 9_000;

    private Tune() {}

    public static Sound play(String words, long seed, int seconds) {
        SplittableRandom random = Hash.random(words, seed);
        short[] samples = new short[seconds * RATE];
        int length = RATE / NOTES_A_SECOND;
        for (int from = 0; from < samples.length; from += length) {
            double pitch = 220 * Math.pow(2, SCALE[random.nextInt(SCALE.length)] / 12.0);
            for (int i = 0; i < length && from + i < samples.length; i++) {
                double fade = 1 - (double) i / length;
                samples[from + i] = (short) (LOUDNESS * fade * Math.sin(2 * Math.PI * pitch * i / RATE));
            }
        }
        return new Sound(samples, RATE);
    }
}
