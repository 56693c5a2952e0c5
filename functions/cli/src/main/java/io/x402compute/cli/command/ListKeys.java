package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "list", description = "The wallet's API keys, by their last four characters, newest first.")
final class ListKeys extends ApiCommand {
    @Option(names = "--status", paramLabel = "STATUS", description = "active or revoked.")
    Optional<String> status = Optional.empty();

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPages:%n")
    PagingOptions paging = new PagingOptions();

    ListKeys(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = session.api().asOwner(paging.page(Call.get(CreateKey.PATH).with("status", status))).body();
        session.output().print(answer, LedgerText::keys);
        paging.tellNext(answer, session.shell());
    }
}
