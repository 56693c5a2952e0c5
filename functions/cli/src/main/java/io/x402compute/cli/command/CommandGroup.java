package io.x402compute.cli.command;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A name that others stand behind. By itself it is a command line that is not complete. */
abstract class CommandGroup implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    @Override
    public final Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing, one of %s"
                .formatted(String.join(", ", spec.subcommands().keySet())));
    }

    @Command(name = "keys", description = "API keys, which stand in for the wallet where nothing is paid from it.")
    static final class Keys extends CommandGroup {}

    @Command(name = "credits", description = "Credit: what was given back or bought, and how it was spent.")
    static final class Credits extends CommandGroup {}

    /** With those behind it. */
    final CommandLine with(Object... commands) {
        CommandLine line = new CommandLine(this);
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        return line;
    }
}
