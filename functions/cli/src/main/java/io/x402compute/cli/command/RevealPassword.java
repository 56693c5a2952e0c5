package io.x402compute.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;

@Command(name = "password", description = {
    "Shows the root password of a machine that was bought without an SSH key, once.",
    "Nobody keeps it afterwards. Only if its answer got lost does the same command show it again, for a day."})
final class RevealPassword extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    RevealPassword(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.once(Call.post(id.machine() + "/password"), answer -> {
            session.output().print(answer.body(), LedgerText::password);
            session.say("Write it down: it was shown this once, and nobody keeps it.");
        });
    }
}
