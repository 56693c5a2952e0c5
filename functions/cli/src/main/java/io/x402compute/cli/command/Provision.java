package io.x402compute.cli.command;

import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.purchase.Bought;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "provision", customSynopsis = "x402compute provision PLAN --region=REGION [OPTIONS]", description = {
    "Buys a machine: asks for its price, asks you, pays, and tells what was bought.",
    "Run again after whatever went wrong, it goes on with the same purchase and never pays twice."}, footerHeading = "%nExamples:%n", footer = {
        "  x402compute provision vcg-a16-2c-8g-2vram --region ewr --ssh-key ~/.ssh/id_ed25519.pub --wait",
        "  x402compute provision vc2-1c-1gb --region ewr --hours 48 --yes --max-usdc 2 --json",
        "  x402compute provision vc2-1c-1gb --region ewr --use-credits --idempotency-key nightly-17"})
final class Provision extends ApiCommand {
    @Parameters(paramLabel = "PLAN", description = "A plan, as x402compute plans has it.")
    String plan;

    @Option(names = "--region", required = true, paramLabel = "REGION", description = "Where; x402compute plans tells.")
    String region;

    @Option(names = "--hours", paramLabel = "HOURS", defaultValue = "24", description = "For how long, 24 by default.")
    int hours;

    @Option(names = "--os", paramLabel = "ID", description = "With which image, Ubuntu 24.04 by default; x402compute os.")
    Optional<Integer> os = Optional.empty();

    @Option(names = "--ssh-key", paramLabel = "FILE", description = "Your public key, to log in with. Without one there "
            + "is a password, shown once by x402compute password.")
    Optional<Path> sshKey = Optional.empty();

    @Option(names = "--user-data", paramLabel = "FILE", description = "Cloud-init for it to run first.")
    Optional<Path> userData = Optional.empty();

    @Option(names = "--label", paramLabel = "TEXT", description = "What you call it.")
    Optional<String> label = Optional.empty();

    @Option(names = "--hostname", paramLabel = "NAME", description = "What it calls itself.")
    Optional<String> hostname = Optional.empty();

    @Mixin
    WaitOptions waiting = new WaitOptions();

    @Option(names = "--use-credits", description = "Pay with credit; takes no wallet, an API key will do.")
    boolean useCredits;

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPaying:%n")
    SpendingOptions spending = new SpendingOptions();

    Provision(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Payer payer = new Payer(session, useCredits);
        ObjectNode wanted = payer.payFor(wanted());
        session.till().buy(Call.post("/compute/provision", wanted), spending.terms(session, useCredits),
                () -> quote(session, payer), bought -> deliver(session, payer, bought));
    }

    private void deliver(Session session, Payer payer, Bought bought) {
        payer.tell(bought);
        Id id = Converters.id(bought.answer().path("instance").path("id").asText());
        session.say("Bought instance %s.".formatted(id));
        if (waiting.wanted) {
            ObjectNode up = new Boot(session.shell(), payer::ask).await(id, waiting.atMost());
            ObjectNode answer = bought.answer().deepCopy();
            answer.set("order", up.path("instance"));
            answer.set("instance", up.path("instance"));
            session.print(answer);
        } else {
            session.say("It is up in a minute or two: x402compute show %s --wait".formatted(id));
            session.printBought(bought.answer());
        }
    }

    private ObjectNode wanted() {
        ObjectNode wanted = WireJson.object().put("plan", plan).put("region", region).put("prepaid_hours", hours);
        os.ifPresent(id -> wanted.put("os_id", id));
        label.ifPresent(text -> wanted.put("label", text));
        hostname.ifPresent(name -> wanted.put("hostname", name));
        sshKey.ifPresent(file -> wanted.put("ssh_public_key", FileOptions.sshPublicKey(file)));
        userData.ifPresent(file -> wanted.put("user_data", FileOptions.text(file)));
        return wanted;
    }

    private Usdc quote(Session session, Payer payer) {
        Quote quote = Quote.of(session.api().asAnybody(Call.get("/compute/quote").with("plan", Optional.of(plan))
                .with("region", Optional.of(region)).with("prepaid_hours", Optional.of(hours)).with("os_id", os)
                .with("network", payer.network())));
        session.say("%s in %s for %d hours costs %s.".formatted(plan, region, hours, quote.price()));
        return quote.price();
    }
}
