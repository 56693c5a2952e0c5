package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.CatalogueText;
import io.x402compute.cli.shell.Shell;

@Command(name = "regions", description = "Where machines can be had.")
final class ListRegions extends ApiCommand {

    ListRegions(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asAnybody(Call.get("/compute/regions")).body(), CatalogueText::regions);
    }
}
