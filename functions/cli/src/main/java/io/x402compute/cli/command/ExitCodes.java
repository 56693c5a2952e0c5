package io.x402compute.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.x402compute.cli.shell.ExitCode;

@Command(name = "exit-codes", description = "What a script learns from the exit code of any command.")
final class ExitCodes implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, hidden = true)
    boolean help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE.number();
    }

    static Map<String, String> table() {
        return Arrays.stream(ExitCode.values()).collect(Collectors.toMap(code -> Integer.toString(code.number()),
                ExitCode::meaning, (one, other) -> one, LinkedHashMap::new));
    }
}
