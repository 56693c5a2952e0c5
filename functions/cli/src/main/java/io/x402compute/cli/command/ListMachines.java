package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.MachineText;
import io.x402compute.cli.shell.Shell;

@Command(name = "list", description = "Your machines, newest first.", footerHeading = "%nExamples:%n", footer = {
    "  x402compute list --status live", "  x402compute list --json | jq -r '.instances[].ip_address'"})
final class ListMachines extends ApiCommand {
    @Option(names = "--status", paramLabel = "STATUS", description = "provisioning, active, destroyed, expired, "
            + "failed, several with commas, or live for the first two.")
    Optional<String> status = Optional.empty();

    @Option(names = "--plan", paramLabel = "PLAN", description = "Of that plan.")
    Optional<String> plan = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "In that region.")
    Optional<String> region = Optional.empty();

    @Option(names = "--label", paramLabel = "TEXT", description = "With that label.")
    Optional<String> label = Optional.empty();

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPages:%n")
    PagingOptions paging = new PagingOptions();

    ListMachines(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode answer = session.api().asOwner(paging.page(Call.get("/compute/instances").with("status", status)
                .with("plan", plan).with("region", region).with("label", label))).body();
        session.output().print(answer, MachineText::many);
        paging.tellNext(answer, session.shell());
    }
}
