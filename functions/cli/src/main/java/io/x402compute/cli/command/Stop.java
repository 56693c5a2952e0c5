package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.shell.Shell;

@Command(name = "stop", description = "Switches a machine off. It costs the same: its prepaid time goes on.")
final class Stop extends PowerCommand {

    Stop(Shell shell) {
        super(shell, "stop");
    }
}
