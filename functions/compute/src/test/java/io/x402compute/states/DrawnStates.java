package io.x402compute.states;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A state machine as it is drawn for people: a diagram, and a table of its arrows. */
final class DrawnStates {
    private static final Path FILE = Path.of("..", "adr", "states.md");
    private static final Pattern DIAGRAM_ARROW = Pattern.compile("(?m)^ +([A-Z_]+) --> ([A-Z_]+)$");
    private static final Pattern TABLE_ARROW = Pattern.compile("(?m)^\\| ([A-Z_]+) → ([A-Z_]+) \\| `(\\w+)` \\|");

    private final String text;

    private DrawnStates(String text) {
        this.text = text;
    }

    /** @param title of the section */
    static DrawnStates of(String title) {
        try {
            String all = Files.readString(FILE);
            int start = all.indexOf("\n## " + title + "\n");
            int end = all.indexOf("\n## ", start + 1);
            return new DrawnStates(all.substring(start, end < 0 ? all.length() : end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code FROM → TO}. */
    Set<String> diagram() {
        return found(DIAGRAM_ARROW, match -> match.group(1) + " → " + match.group(2));
    }

    /** The same, of the table. */
    Set<String> table() {
        return found(TABLE_ARROW, match -> match.group(1) + " → " + match.group(2));
    }

    /** {@code FROM → TO method}. */
    Set<String> methods() {
        return found(TABLE_ARROW, match -> match.group(1) + " → " + match.group(2) + " " + match.group(3));
    }

    private Set<String> found(Pattern arrow, Function<MatchResult, String> name) {
        return arrow.matcher(text).results().map(name).collect(Collectors.toCollection(TreeSet::new));
    }
}
