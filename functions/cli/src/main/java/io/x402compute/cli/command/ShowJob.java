package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.RunText;
import io.x402compute.cli.shell.Shell;

@Command(name = "job", description = "A run that was queued: how far it is, or what it has brought.")
final class ShowJob extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The run.")
    Id id;

    @Mixin
    WaitOptions waiting = new WaitOptions();

    ShowJob(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode job = waiting.wanted
                ? new JobEnd(session).await(id, waiting.atMost())
                : session.api().asAnybody(Call.get(JobEnd.path(id))).body();
        session.output().print(job, RunText::result);
    }
}
