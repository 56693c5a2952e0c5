package io.x402compute.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import io.x402compute.cli.command.X402Compute;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

/** Runs one command line, in whatever surrounds it. */
public final class Cli {
    private final Shell shell;

    private Cli(Shell shell) {
        this.shell = shell;
    }

    /** Runs it, and returns the number of one of the {@link ExitCode}s. */
    public static int run(Shell shell, String... arguments) {
        return new Cli(shell).execute(arguments);
    }

    private int execute(String... arguments) {
        CommandLine line = X402Compute.commandLine(shell);
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(Help.defaultColorScheme(shell.hasColours() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler((problem, given) -> misused(problem));
        line.setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, parsed));
        return line.execute(arguments);
    }

    private int misused(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        List<String> similar = problem instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        shell.say("error: %s%s; see: %s --help".formatted(problem.getMessage().replaceAll("\\s*\\R\\s*", " "),
                similar.isEmpty() ? "" : ", did you mean %s?".formatted(String.join(" or ", similar)), command));
        return ExitCode.USAGE.number();
    }

    private int failed(Exception problem, ParseResult parsed) {
        return switch (problem) {
            case ParameterException misuse -> misused(misuse);
            case CommandFailed failure -> told(failure, parsed);
            case UncheckedIOException broken -> told(new CommandFailed(ExitCode.FAILED, broken.getMessage()), parsed);
            // Its message may hold anything, a secret too.
            default -> told(new CommandFailed(ExitCode.FAILED, "this is a fault of x402compute: %s at %s".formatted(
                    problem.getClass().getSimpleName(), problem.getStackTrace()[0])), parsed);
        };
    }

    private int told(CommandFailed failure, ParseResult parsed) {
        shell.say(isJson(parsed) ? json(failure).toString() : text(failure));
        return failure.exitCode().number();
    }

    private static String text(CommandFailed failure) {
        return "error: " + failure.getMessage() + failure.requestId().map(" (request %s)"::formatted).orElse("");
    }

    private static ObjectNode json(CommandFailed failure) {
        ObjectNode json = WireJson.object().put("error", failure.getMessage())
                .put("exit_code", failure.exitCode().number());
        failure.code().ifPresent(code -> json.put("code", code));
        failure.requestId().ifPresent(id -> json.put("request_id", id));
        return json;
    }

    private static boolean isJson(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--json");
    }
}
