package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "events", description = "What has happened to a machine and its orders, newest first.")
final class ListEvents extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPages:%n")
    PagingOptions paging = new PagingOptions();

    ListEvents(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = session.api().asOwner(paging.page(Call.get(id.machine() + "/events"))).body();
        session.output().print(answer, LedgerText::events);
        paging.tellNext(answer, session.shell());
    }
}
