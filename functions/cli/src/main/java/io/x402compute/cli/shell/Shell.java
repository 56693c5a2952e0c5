package io.x402compute.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.client.Waiter;

/**
 * What surrounds a run.
 *
 * @param out results, and nothing else
 * @param err what is said about them
 * @param pause lets time pass
 */
public record Shell(Map<String, String> environment, BufferedReader in, PrintStream out, PrintStream err,
        Terminals terminals, Clock clock, Waiter pause) {

    /** The process's own. */
    public static Shell ofProcess() {
        return new Shell(System.getenv(), new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                System.out, System.err, Terminals.of(System.getProperty("x402compute.terminals", "")),
                Clock.systemUTC(), Thread::sleep);
    }

    /** A variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Colours, as <a href="https://no-color.org">no-color.org</a> has it, and only for people. */
    public boolean hasColours() {
        return terminals.out() && variable("NO_COLOR").isEmpty();
    }

    public void say(String line) {
        err.println(line);
    }

    /** What a person types after the question; empty where nobody can be asked. */
    public Optional<String> ask(String question) {
        if (!terminals.canAsk()) {
            return Optional.empty();
        }
        err.print(question);
        err.flush();
        try {
            return Optional.of(Optional.ofNullable(in.readLine()).orElse("").strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where state is kept, by the XDG base directories. */
    public StateFolder state() {
        Path base = variable("XDG_STATE_HOME").map(Path::of).filter(Path::isAbsolute).orElseGet(() -> variable("HOME")
                .map(home -> Path.of(home, ".local", "state"))
                .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, "HOME is not set: set it or XDG_STATE_HOME, "
                        + "the folder to write payments down in")));
        return new StateFolder(base.resolve("x402compute"));
    }
}
