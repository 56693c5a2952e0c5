package io.x402compute.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import io.x402compute.cli.command.X402Compute;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.wallet.KeyFile;
import io.x402compute.x402.protocol.WireJson;

/** Runs one command line, in whatever surrounds it. */
public final class Cli {
    private final Shell shell;
    private final boolean json;

    private Cli(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /** Runs it, and returns the number of one of the {@link ExitCode}s. */
    public static int run(Shell shell, String... arguments) {
        return new Cli(shell, List.of(arguments).contains("--json")).execute(arguments);
    }

    private int execute(String... arguments) {
        CommandLine line = X402Compute.commandLine(shell);
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(Help.defaultColorScheme(shell.hasColours() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler((problem, given) -> told(misuse(problem)));
        line.setExecutionExceptionHandler((problem, command, parsed) -> told(failure(problem)));
        return line.execute(arguments);
    }

    private int told(CommandFailed failure) {
        shell.say(json ? inJson(failure).toString() : inWords(failure));
        return failure.exitCode().number();
    }

    private static CommandFailed failure(Exception problem) {
        return switch (problem) {
            case ParameterException misuse -> misuse(misuse);
            case CommandFailed failure -> failure;
            case UncheckedIOException broken -> new CommandFailed(ExitCode.FAILED, broken.getMessage());
            // Its message may hold anything, a secret too.
            default -> new CommandFailed(ExitCode.FAILED, "this is a fault of x402compute: %s%s".formatted(
                    problem.getClass().getSimpleName(),
                    Arrays.stream(problem.getStackTrace()).findFirst().map(" at %s"::formatted).orElse("")));
        };
    }

    /** The library's words, which quote what was typed: it may have been a key. */
    private static CommandFailed misuse(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        List<String> similar = problem instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        return new CommandFailed(ExitCode.USAGE, "%s%s; see: %s --help".formatted(
                KeyFile.redacted(problem.getMessage()).replaceAll("\\s*\\R\\s*", " "),
                similar.isEmpty() ? "" : ", did you mean %s?".formatted(String.join(" or ", similar)), command));
    }

    private static String inWords(CommandFailed failure) {
        return "error: " + failure.getMessage() + failure.requestId().map(" (request %s)"::formatted).orElse("");
    }

    private static ObjectNode inJson(CommandFailed failure) {
        ObjectNode line = WireJson.object().put("error", failure.getMessage())
                .put("exit_code", failure.exitCode().number());
        failure.code().ifPresent(code -> line.put("code", code));
        failure.requestId().ifPresent(id -> line.put("request_id", id));
        return line;
    }
}
