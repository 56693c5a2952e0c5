package io.x402compute.local.inference.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Speech, of a kind: each half of a byte is a short tone of one of 16 pitches, with silence after it. It can be understood from the sound
 * alone, whatever file that is in.
 */
public final class Voice {
    private static final int RATE = 24_000;
    /** Long enough that the pitches are told apart exactly: a multiple of the period of each. */
    private static final int TONE = 120;
    private static final int LOWEST_PITCH = 800;
    private static final int STEP = 400;
    private static final int PITCHES = 16;
    /** From one tone to the next, at speed 1. */
    private static final int BEAT = 576;
    private static final int QUIET = 500;

    private Voice() {}

    /**
     * Says that.
     *
     * @param speed 0.25 to 4
     */
    public static Sound say(String text, String voice, double speed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int beat = beat(speed);
        short[] samples = new short[bytes.length * 2 * beat];
        // Voices differ in how loud they are.
        int loudness = 8_000 + Math.floorMod(Hash.of(voice), 8_000);
        for (int i = 0; i < bytes.length; i++) {
            tone(samples, i * 2 * beat, (bytes[i] >> 4) & 0xF, loudness);
            tone(samples, (i * 2 + 1) * beat, bytes[i] & 0xF, loudness);
        }
        return new Sound(samples, RATE);
    }

    /** How long it takes to say that. */
    public static Duration duration(String text, double speed) {
        long samples = text.getBytes(StandardCharsets.UTF_8).length * 2L * beat(speed);
        return Duration.ofMillis(samples * 1000 / RATE);
    }

    /** What is said; empty where nobody speaks. */
    public static Optional<String> understand(Sound sound) {
        short[] samples = sound.samples();
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        int half = -1;
        for (int at = 0; at + TONE <= samples.length;) {
            if (Math.abs(samples[at]) < QUIET) {
                at++;
                continue;
            }
            int pitch = pitch(samples, at);
            if (pitch < 0 || sound.rate() != RATE) {
                return Optional.empty();
            }
            if (half < 0) {
                half = pitch;
            } else {
                heard.write((half << 4) | pitch);
                half = -1;
            }
            at += TONE;
        }
        return heard.size() == 0 ? Optional.empty() : Optional.of(heard.toString(StandardCharsets.UTF_8));
    }

    private static int beat(double speed) {
        return (int) Math.round(BEAT / speed);
    }

    private static void tone(short[] samples, int from, int which, int loudness) {
        double turn = 2 * Math.PI * (LOWEST_PITCH + STEP * which) / RATE;
        for (int i = 0; i < TONE; i++) {
            // A cosine: it begins loud, which is how the beginning is found.
            samples[from + i] = (short) (loudness * Math.cos(turn * i));
        }
    }

    /** Which of the pitches has most of the sound's power there; -1 if none has. */
    private static int pitch(short[] samples, int from) {
        double power = 0;
        for (int i = 0; i < TONE; i++) {
            power += (double) samples[from + i] * samples[from + i];
        }
        for (int which = 0; which < PITCHES; which++) {
            double turn = 2 * Math.PI * (LOWEST_PITCH + STEP * which) / RATE;
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < TONE; i++) {
                real += samples[from + i] * Math.cos(turn * i);
                imaginary += samples[from + i] * Math.sin(turn * i);
            }
            if ((real * real + imaginary * imaginary) * 2 / TONE > 0.9 * power) {
                return which;
            }
        }
        return -1;
    }
}
