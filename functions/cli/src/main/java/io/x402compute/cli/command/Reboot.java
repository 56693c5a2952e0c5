package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.shell.Shell;

@Command(name = "reboot", description = "Switches a machine off and on again, hard.")
final class Reboot extends PowerCommand {

    Reboot(Shell shell) {
        super(shell, "reboot");
    }
}
