package io.x402compute.cli.command;

import java.time.Duration;

import picocli.CommandLine.Option;

/** Whether a command stays until a machine is up, or a run is done. */
final class WaitOptions {
    @Option(names = "--wait", description = "Until it is up, or done.")
    boolean wanted;

    @Option(names = "--wait-minutes", paramLabel = "N", defaultValue = "10", description = "For so long at most, 10 by "
            + "default.")
    int minutes;

    Duration atMost() {
        return Duration.ofMinutes(minutes);
    }
}
