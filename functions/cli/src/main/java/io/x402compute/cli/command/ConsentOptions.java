package io.x402compute.cli.command;

import picocli.CommandLine.Option;

/** For what cannot be taken back. */
final class ConsentOptions {
    @Option(names = {"-y", "--yes"}, description = "Do not ask. Needed where nobody can be asked.")
    boolean yes;
}
