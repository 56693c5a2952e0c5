package io.x402compute.local.inference;

import java.util.Locale;
import java.util.regex.Pattern;

import io.x402compute.local.inference.media.Hash;

/** Texts as directions: the more words and parts of words two of them share, the closer they are. */
final class Meaning {
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int PART = 3;

    private Meaning() {}

    /** Of length 1. */
    static double[] of(String text, int dimensions) {
        double[] vector = new double[dimensions];
        // Whatever it says: nothing has no direction.
        add(vector, "text", 0.1);
        for (String word : SEPARATOR.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                add(vector, word, 1);
            }
            for (int i = 0; i + PART < word.length(); i++) {
                add(vector, "part " + word.substring(i, i + PART), 0.3);
            }
        }
        double length = Math.sqrt(product(vector, vector));
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    /** How close two directions are, 1 for the same. */
    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] vector, String word, double weight) {
        long hash = Hash.of(word);
        vector[(int) Math.floorMod(hash, (long) vector.length)] += hash < 0 ? -weight : weight;
    }
}
