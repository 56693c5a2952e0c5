package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Consent;
import io.x402compute.cli.shell.Shell;

@Command(name = "destroy", description = {"Ends a machine, with all that is on it.",
    "The whole hours that were left come back as credit, and the answer says how much that is."})
final class Destroy extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @ArgGroup(exclusive = false, validate = false, order = 80)
    ConsentOptions consent = new ConsentOptions();

    Destroy(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        if (!consent.yes && session.shell().terminals().canAsk()) {
            JsonNode machine = session.api().asOwner(Call.get(id.machine())).body().path("instance");
            session.say(session.describe(machine));
        }
        Consent.require(session.shell(), consent.yes, "Destroy it, with all that is on it?", "pass --yes");
        ObjectNode answer = session.api().asOwner(Call.delete(id.machine())).body();
        session.print(answer);
    }
}
