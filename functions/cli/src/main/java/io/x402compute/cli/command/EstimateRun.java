package io.x402compute.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.x402compute.cli.output.RunText;
import io.x402compute.cli.shell.Shell;

@Command(name = "estimate", description = "What a run would cost. Nothing is bought.", footerHeading = "%nExample:%n", footer = "  x402compute estimate llm-4090 prompt=\"What is a GPU?\" max_tokens=200")
final class EstimateRun extends ApiCommand {
    @Mixin
    RunInput input = new RunInput();

    EstimateRun(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        session.output().print(session.api().asAnybody(input.estimateOfExample()).body(), RunText::estimate);
    }
}
