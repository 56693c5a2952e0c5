package io.x402compute.cli;

import io.x402compute.cli.shell.Shell;

/** What {@code bin/x402compute} starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Cli.run(Shell.ofProcess(), arguments));
    }
}
