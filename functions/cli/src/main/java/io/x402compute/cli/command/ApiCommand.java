package io.x402compute.cli.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;

import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.output.Output;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;

/** A command that asks the API. */
abstract class ApiCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, validate = false, order = 90, heading = "%nFor every command:%n")
    CommonOptions common = new CommonOptions();

    private final Shell shell;

    ApiCommand(Shell shell) {
        this.shell = shell;
    }

    /** @throws io.x402compute.cli.shell.CommandFailed when it cannot be done */
    abstract void run(Session session);

    @Override
    public final Integer call() {
        try (ComputeApi api = common.api(shell)) {
            run(new Session(shell, api, new Output(shell, common.json)));
            return ExitCode.DONE.number();
        }
    }
}
