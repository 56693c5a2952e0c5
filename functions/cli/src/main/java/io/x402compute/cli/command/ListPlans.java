package io.x402compute.cli.command;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.CatalogueText;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;

@Command(name = "plans", description = "What can be had now, and at what price.", footerHeading = "%nExamples:%n", footer = {
    "  x402compute plans --gpu A100 --max-hourly 2",
    "  x402compute plans --gpu true --region ewr",
    "  x402compute plans --json | jq -r '.plans[0].id'"})
final class ListPlans extends ApiCommand {
    @Option(names = "--gpu", paramLabel = "NAME", description = "With a GPU whose name has that in it; true for any, "
            + "false for none.")
    Optional<String> gpu = Optional.empty();

    @Option(names = "--min-vram", paramLabel = "GB", description = "With at least so much memory on the GPU.")
    Optional<Integer> minVram = Optional.empty();

    @Option(names = "--max-hourly", paramLabel = "USDC", description = "Of no more than that an hour.")
    Optional<Usdc> maxHourly = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "To be had there.")
    Optional<String> region = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "vps, vhp, vdc, vcg (every GPU plan), or a "
            + "provider's own plan type.")
    Optional<String> type = Optional.empty();

    ListPlans(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Call call = Call.get("/compute/plans").with("type", type).with("region", region).with("gpu", gpu)
                .with("min_vram_gb", minVram)
                .with("max_hourly", maxHourly.map(most -> most.dollars().toPlainString()))
                .with("sort", Optional.of("price"));
        session.output().print(session.api().asAnybody(call).body(), CatalogueText::plans);
    }
}
