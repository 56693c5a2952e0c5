package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.shell.Shell;

@Command(name = "start", description = "Switches a machine on.")
final class Start extends PowerCommand {

    Start(Shell shell) {
        super(shell, "start");
    }
}
