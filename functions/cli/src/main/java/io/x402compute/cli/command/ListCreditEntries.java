package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "entries", description = "Each credit that was given, and each that was spent, newest first.")
final class ListCreditEntries extends ApiCommand {
    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPages:%n")
    PagingOptions paging = new PagingOptions();

    ListCreditEntries(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = session.api().asOwner(paging.page(Call.get("/compute/credits/entries"))).body();
        session.output().print(answer, LedgerText::entries);
        paging.tellNext(answer, session.shell());
    }
}
