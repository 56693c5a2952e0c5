package io.x402compute.cli.command;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.RunText;
import io.x402compute.cli.shell.Shell;

@Command(name = "job", description = "A run that was queued: how far it is, or what it has brought.")
final class ShowJob extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The run.")
    Id id;

    @Option(names = "--wait", description = "Until it is done.")
    boolean wait;

    @Option(names = "--wait-minutes", paramLabel = "N", defaultValue = "10", description = "For so long at most, 10 by "
            + "default.")
    int waitMinutes;

    ShowJob(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        ObjectNode job = wait
                ? new JobEnd(session).await(id, Duration.ofMinutes(waitMinutes))
                : session.api().asAnybody(Call.get(JobEnd.path(id))).body();
        session.output().print(job, RunText::result);
    }
}
