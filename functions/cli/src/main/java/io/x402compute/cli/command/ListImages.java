package io.x402compute.cli.command;

import picocli.CommandLine.Command;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.CatalogueText;
import io.x402compute.cli.shell.Shell;

@Command(name = "os", description = "What machines can be installed with.")
final class ListImages extends ApiCommand {

    ListImages(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asAnybody(Call.get("/compute/os")).body(), CatalogueText::images);
    }
}
