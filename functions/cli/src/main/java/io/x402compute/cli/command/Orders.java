package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "orders", description = "What became of everything that was paid for, newest first, or of one order.")
final class Orders extends ApiCommand {
    private static final String PATH = "/compute/orders";

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One order.")
    Optional<Id> id = Optional.empty();

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPages:%n")
    PagingOptions paging = new PagingOptions();

    Orders(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        if (id.isPresent()) {
            session.output().print(session.api().asOwner(Call.get(PATH + "/" + id.get())).body(), LedgerText::order);
            return;
        }
        ObjectNode answer = session.api().asOwner(paging.page(Call.get(PATH))).body();
        session.output().print(answer, LedgerText::orders);
        paging.tellNext(answer, session.shell());
    }
}
