package io.x402compute.cli.command;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "create", description = {
    "Makes an API key, which stands in for the wallet wherever nothing is paid from it.",
    "It is shown this once. Only if its answer got lost does the same command show it again, for a day."}, footerHeading = "%nExample:%n", footer = "  export X402COMPUTE_API_KEY=$(x402compute keys create --label ci --json | jq -r .api_key)")
final class CreateKey extends ApiCommand {
    static final String PATH = "/compute/api-keys";

    @Option(names = "--label", paramLabel = "TEXT", description = "What you call it.")
    Optional<String> label = Optional.empty();

    CreateKey(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Call call = label.map(text -> Call.post(PATH, WireJson.object().put("label", text))).orElse(Call.post(PATH));
        ComputeApi api = session.api();
        session.till().once(call, api.callers().wallet().address(), named -> api.send(api.asksForWallet(named)),
                answer -> {
                    session.output().print(answer.body(), LedgerText::key);
                    session.say("Write it down: it was shown this once, and nobody keeps it.");
                });
    }
}
