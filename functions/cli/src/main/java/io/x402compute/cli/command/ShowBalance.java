package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "balance", description = "What credit the wallet has.")
final class ShowBalance extends ApiCommand {

    ShowBalance(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asOwner(Call.get("/compute/credits/balance")).body(), LedgerText::balance);
    }
}
