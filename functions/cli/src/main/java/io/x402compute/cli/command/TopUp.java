package io.x402compute.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.output.LedgerText;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

@Command(name = "topup", description = {"Buys credit, dollar for dollar, for the wallet that pays.",
    "Run again after whatever went wrong, it goes on with the same purchase and never pays twice."}, footerHeading = "%nExample:%n", footer = "  x402compute credits topup 25 --yes")
final class TopUp extends ApiCommand {
    @Parameters(paramLabel = "USDC", description = "How much, 1 to 10,000.")
    Usdc amount;

    @ArgGroup(exclusive = false, validate = false, order = 80, heading = "%nPaying:%n")
    SpendingOptions spending = new SpendingOptions();

    TopUp(Shell shell) {
        super(shell);
    }

    @Override
    void run(Session session) {
        Payer payer = new Payer(session, false);
        ObjectNode wanted = payer.payFor(WireJson.object().put("amount", amount.dollars().toPlainString()));
        session.till().buy(Call.post("/compute/credits/topup", wanted), spending.terms(session, false), () -> amount,
                bought -> {
                    payer.tell(bought);
                    session.output().print(bought.answer(), LedgerText::topUp);
                });
    }
}
