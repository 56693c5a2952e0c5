package io.x402compute.cli.command;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Shell;

@Command(name = "show", description = "One machine: what it is doing, how to log in, and when it ends.")
final class ShowMachine extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @Option(names = "--wait", description = "Until it is up.")
    boolean wait;

    @Option(names = "--wait-minutes", paramLabel = "N", defaultValue = "10", description = "For so long at most, 10 by "
            + "default.")
    int waitMinutes;

    ShowMachine(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = wait
                ? new Boot(session.shell(), session.api()::asOwner).await(id, Duration.ofMinutes(waitMinutes))
                : session.api().asOwner(Call.get(id.machine())).body();
        session.print(answer);
    }
}
