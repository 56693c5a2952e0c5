package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.RunText;
import io.x402compute.cli.purchase.Bought;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;

@Command(name = "run", customSynopsis = "x402compute run SERVICE [FIELD=VALUE...] [OPTIONS]", description = {
    "Runs a model once: asks for its price, asks you where that is more than a dollar, pays, and prints what it answers.",
    "Run again after whatever went wrong, it goes on with the same run and never pays twice."}, footerHeading = "%nExamples:%n", footer = {
        "  x402compute run llm-4090 prompt=\"What is a GPU?\"",
        "  x402compute run flux-schnell prompt=\"A red fox\" width=512 height=512 --json | jq -r .url",
        "  x402compute run musicgen-l4 prompt=\"A calm piano piece\" --wait"})
final class RunModel extends ApiCommand {
    @Mixin
    RunInput input = new RunInput();

    @Mixin
    WaitOptions waiting = new WaitOptions();

    @Option(names = "--use-credits", description = "Pay with credit; takes no wallet, an API key will do.")
    boolean useCredits;

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPaying:%n")
    SpendingOptions spending = new SpendingOptions();

    RunModel(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Payer payer = new Payer(session, useCredits);
        session.till().buy(Call.post("/v1/run", payer.payFor(input.request())), spending.terms(session, useCredits),
                () -> estimate(session), bought -> deliver(session, payer, bought));
    }

    private void deliver(Session session, Payer payer, Bought bought) {
        payer.tell(bought);
        ObjectNode answer = bought.answer();
        boolean pending = answer.path("status").asText().equals(JobEnd.PENDING);
        if (pending && waiting.wanted) {
            Id job = Converters.id(answer.path("job_id").asText());
            session.output().print(new JobEnd(session).await(job, waiting.atMost()), RunText::result);
            return;
        }
        if (pending) {
            session.say("It is queued: x402compute job %s --wait".formatted(answer.path("job_id").asText()));
        }
        session.output().print(answer, RunText::result);
    }

    private Usdc estimate(Session session) {
        Quote estimate = Quote.of(session.api().asAnybody(input.estimate()));
        session.say("A run of %s costs %s.".formatted(input.service, estimate.price()));
        return estimate.price();
    }
}
