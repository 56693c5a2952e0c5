package io.x402compute.cli.shell;

import java.util.List;

/** Which of a run's streams a person sits at. */
public record Terminals(boolean in, boolean out, boolean err) {
    public static final Terminals NONE = new Terminals(false, false, false);

    /** Reads the words that the launcher found: {@code in}, {@code out}, {@code err}. */
    public static Terminals of(String words) {
        List<String> all = List.of(words.trim().split(" +", -1));
        return new Terminals(all.contains("in"), all.contains("out"), all.contains("err"));
    }

    /** Whether a question would be read and could be answered. */
    public boolean canAsk() {
        return in && err;
    }
}
