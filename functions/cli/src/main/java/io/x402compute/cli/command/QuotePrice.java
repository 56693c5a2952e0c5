package io.x402compute.cli.command;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.CatalogueText;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;

@Command(name = "quote", description = "What a machine, or more time for one, would cost. Nothing is bought.", footerHeading = "%nExamples:%n", footer = {
    "  x402compute quote vcg-a16-2c-8g-2vram --region ewr --hours 24",
    "  x402compute quote --instance ID --hours 48"})
final class QuotePrice extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "A plan, as x402compute plans has it.")
    Optional<String> plan = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "Where.")
    Optional<String> region = Optional.empty();

    @Option(names = "--hours", paramLabel = "HOURS", defaultValue = "24", description = "For how long, 24 by default.")
    int hours;

    @Option(names = "--instance", paramLabel = "ID", description = "More time for that machine, instead of a new one.")
    Optional<Id> instance = Optional.empty();

    QuotePrice(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        boolean forMachine = plan.isPresent() && region.isPresent() && instance.isEmpty();
        boolean forTime = instance.isPresent() && plan.isEmpty() && region.isEmpty();
        if (!forMachine && !forTime) {
            throw new CommandFailed(ExitCode.USAGE, "a quote is for a PLAN and a --region, or for an --instance");
        }
        Call call = Call.get("/compute/quote").with("plan", plan).with("region", region).with("instance_id", instance)
                .with(forTime ? "extend_hours" : "prepaid_hours", Optional.of(hours));
        session.output().print((forTime ? session.api().asOwner(call) : session.api().asAnybody(call)).body(),
                CatalogueText::quote);
    }
}
