package io.x402compute.cli.command;

import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.api.Printable;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

/** A command that switches a machine on or off. */
abstract class PowerCommand extends ApiCommand {
    private static final int ACCEPTED = 202;

    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    private final String verb;

    PowerCommand(Shell shell, String verb) {
        super(shell);
        this.verb = verb;
    }

    @Override
    final void run(Session session) {
        session.once(Call.post(id.machine() + "/" + verb), answer -> tell(session, answer));
    }

    private void tell(Session session, Answer answer) {
        WireJson.text(answer.body(), "message").map(Printable::of).ifPresent(text -> session.say(text + "."));
        if (answer.status() == ACCEPTED) {
            session.say(
                    "The provider has not taken it yet; x402compute show %s tells how far it has come.".formatted(id));
        }
        session.print(answer.body());
    }
}
