package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.RunText;
import io.x402compute.cli.shell.Shell;

@Command(name = "services", description = "Models that can be run by the call, and from what price.")
final class ListServices extends ApiCommand {

    ListServices(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asAnybody(Call.get("/catalog")).body(), RunText::services);
    }
}
