package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.Consent;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "auto-extend", description = "Has a machine extended from credit before it ends, again and again, up to a "
        + "ceiling.", footerHeading = "%nExamples:%n", footer = {
            "  x402compute auto-extend ID --hours 24 --max-total 50", "  x402compute auto-extend ID --off"})
final class AutoExtend extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @Option(names = "--hours", paramLabel = "HOURS", defaultValue = "24", description = "By so many each time, 24 by "
            + "default.")
    int hours;

    @Option(names = "--max-total", paramLabel = "USDC", description = "For no more than that in all.")
    Optional<Usdc> ceiling = Optional.empty();

    @Option(names = "--off", description = "Not any more.")
    boolean off;

    @ArgGroup(exclusive = false, validate = false, order = 80)
    ConsentOptions consent = new ConsentOptions();

    AutoExtend(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        if (off == ceiling.isPresent()) {
            throw new CommandFailed(ExitCode.USAGE, "it takes --max-total, or --off to end it");
        }
        ObjectNode answer = session.api().asOwner(Call.post(id.machine() + "/auto-extend", wanted(session))).body();
        session.print(answer);
    }

    private ObjectNode wanted(Session session) {
        if (ceiling.isEmpty()) {
            return WireJson.object().put("enabled", false);
        }
        Usdc most = ceiling.get();
        Consent.require(session.shell(), consent.yes,
                "Let %s spend credit of up to %s, by %d hours at a time?".formatted(
                        id, most, hours),
                "pass --yes");
        return WireJson.object().put("enabled", true).put("extend_hours", hours)
                .put("max_total", most.dollars().toPlainString());
    }
}
