package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Shell;

@Command(name = "show", description = "One machine: what it is doing, how to log in, and when it ends.")
final class ShowMachine extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @Mixin
    WaitOptions waiting = new WaitOptions();

    ShowMachine(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = waiting.wanted
                ? new Boot(session.shell(), session.api()::asOwner).await(id, waiting.atMost())
                : session.api().asOwner(Call.get(id.machine())).body();
        session.print(answer);
    }
}
