package io.x402compute.local.function;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** All that functions log: in a file for people, the newest lines also in memory for tests and the control API. */
public final class FunctionLog implements AutoCloseable {
    private static final int LINES_IN_MEMORY = 10_000;

    private final PrintWriter file;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Consumer<String> reader;

    /** Starts an empty log in that file. */
    public FunctionLog(Path file) {
        this(file, line -> {});
    }

    /** Starts an empty log in that file, each of whose lines is also read by somebody. */
    public FunctionLog(Path file, Consumer<String> reader) {
        this.reader = reader;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.file = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log of the functions", e);
        }
    }

    /** The newest lines, oldest first, as the functions wrote them. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Adds what a function says, or what is said about it. */
    public synchronized void add(String functionName, String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            if (lines.size() == LINES_IN_MEMORY) {
                lines.removeFirst();
            }
            lines.addLast(line);
            file.println(functionName + " " + line);
            reader.accept(line);
        });
    }

    @Override
    public void close() {
        file.close();
    }
}
