package io.x402compute.cli.output;

import java.time.Duration;

import io.x402compute.cli.shell.Shell;

/**
 * What is said while somebody waits: at a terminal one line that is written over and over, elsewhere a line whenever
 * something is new, and one each half minute.
 */
public final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Shell shell;
    private String last = "";
    private Duration said = Duration.ZERO;

    public Progress(Shell shell) {
        this.shell = shell;
    }

    /**
     * Tells how it stands.
     *
     * @param waited so far
     */
    public void tell(String state, Duration waited) {
        String line = "%s, %d s".formatted(state, waited.toSeconds());
        if (shell.terminals().err()) {
            shell.err().print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
            shell.err().flush();
            last = line;
        } else if (!state.equals(last) || waited.minus(said).compareTo(QUIET) >= 0) {
            shell.say(line);
            last = state;
            said = waited;
        }
    }

    /** Leaves the line. */
    public void end() {
        if (shell.terminals().err() && !last.isEmpty()) {
            shell.err().println();
        }
    }
}
