package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.MachineText;
import io.x402compute.cli.shell.Consent;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "resize", customSynopsis = "x402compute resize ID --plan=PLAN [OPTIONS]", description = {
    "Moves a machine to a larger plan of its kind, with a restart.",
    "Nothing is paid: the time that is left buys as much as it is worth there, so it ends earlier."})
final class Resize extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The machine.")
    Id id;

    @Option(names = "--plan", required = true, paramLabel = "PLAN", description = "The larger plan.")
    String plan;

    @ArgGroup(exclusive = false, validate = false, order = 80)
    ConsentOptions consent = new ConsentOptions();

    Resize(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Consent.require(session.shell(), consent.yes,
                "Move %s to %s? It restarts, ends earlier, and its disk cannot be made "
                        .formatted(id, plan) + "smaller again.",
                "pass --yes");
        ObjectNode wanted = WireJson.object().put("plan", plan).put("confirm_disk_resize", true);
        session.once(Call.post(id.machine() + "/resize", wanted),
                answer -> session.output().print(answer.body(), MachineText::resize));
    }
}
