package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "extend", description = {"Buys more time for a machine, from the wallet that owns it.",
    "Run again after whatever went wrong, it goes on with the same purchase and never pays twice."}, footerHeading = "%nExamples:%n", footer = {
        "  x402compute extend ID --hours 48", "  x402compute extend ID --hours 24 --use-credits --yes"})
final class Extend extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The machine.")
    Id id;

    @Option(names = "--hours", paramLabel = "HOURS", defaultValue = "24", description = "By how much, 24 by default.")
    int hours;

    @Option(names = "--use-credits", description = "Pay with credit; takes no wallet, an API key will do.")
    boolean useCredits;

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPaying:%n")
    SpendingOptions spending = new SpendingOptions();

    Extend(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Payer payer = new Payer(session, useCredits);
        ObjectNode wanted = payer.payFor(WireJson.object().put("extend_hours", hours));
        session.till().buy(Call.post(id.machine() + "/extend", wanted), spending.terms(session, useCredits),
                () -> quote(session, payer), bought -> {
                    payer.tell(bought);
                    session.printBought(bought.answer());
                });
    }

    private Usdc quote(Session session, Payer payer) {
        Quote quote = Quote.of(payer.ask(Call.get("/compute/quote").with("instance_id", Optional.of(id))
                .with("extend_hours", Optional.of(hours)).with("network", payer.network())));
        session.say("%d hours more for %s cost %s.".formatted(hours, id, quote.price()));
        return quote.price();
    }
}
