package io.x402compute.inference.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Our own count, for what an upstream does not count: four bytes to a token, which English has on average. */
final class Tokens {
    private static final long BYTES = 4;

    private Tokens() {}

    static long in(String text) {
        return (text.getBytes(UTF_8).length + BYTES - 1) / BYTES;
    }
}
