package io.x402compute.local;

import java.io.PrintStream;

/** What a person reads while the local run is up: plain, aligned lines. */
final class Console {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.printf("%n%s%n%n", text);
    }

    void line(String name, Object detail) {
        out.printf("  %-10s %s%n", name, detail);
    }

    void text(String text) {
        out.println(text.isEmpty() ? "" : "  " + text);
    }
}
