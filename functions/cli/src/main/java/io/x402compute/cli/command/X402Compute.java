package io.x402compute.cli.command;

import java.util.Optional;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;

/** The command line, all of it. */
@Command(name = "x402compute", versionProvider = X402Compute.Version.class, description = "GPU machines, and runs of models, for whoever can pay "
        + "for them: no account, USDC from your own wallet.", synopsisSubcommandLabel = "COMMAND", footerHeading = "%nFirst steps:%n", footer = {
            "  x402compute plans --gpu true",
            "  export X402COMPUTE_KEY_FILE=~/wallet.key      # chmod 600; without one you can look, and not buy",
            "  x402compute provision PLAN --region REGION --ssh-key ~/.ssh/id_ed25519.pub --wait",
            "", "x402compute help COMMAND says more; x402compute help exit-codes is for scripts."})
public final class X402Compute extends CommandGroup {
    private static final int WIDTH = 100;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    boolean version;

    private X402Compute() {}

    /** The commands, for that shell. Settings that concern all of them are set on the result. */
    public static CommandLine commandLine(Shell shell) {
        CommandLine line = new X402Compute().with(new ListPlans(shell), new ListRegions(shell), new ListImages(shell),
                new QuotePrice(shell), new Provision(shell), new ListMachines(shell), new ShowMachine(shell),
                new RevealPassword(shell), new Extend(shell), new AutoExtend(shell), new Resize(shell),
                new Start(shell), new Stop(shell), new Reboot(shell), new Destroy(shell), new Orders(shell),
                new ListEvents(shell),
                new ListServices(shell), new EstimateRun(shell), new RunModel(shell), new ShowJob(shell),
                new CommandGroup.Credits().with(new ShowBalance(shell), new ListCreditEntries(shell), new TopUp(shell)),
                new CommandGroup.Keys().with(new CreateKey(shell), new ListKeys(shell), new RevokeKey(shell)),
                new HelpCommand(), new ExitCodes(), new AutoComplete.GenerateCompletion());
        line.registerConverter(Usdc.class, Converters::usdc).registerConverter(Id.class, Converters::id);
        line.setUsageHelpWidth(WIDTH);
        abbreviateSynopses(line);
        CommandLine codes = line.getSubcommands().get("exit-codes");
        codes.getCommandSpec().usageMessage().exitCodeListHeading("%n").exitCodeList(ExitCodes.table());
        return line;
    }

    private static void abbreviateSynopses(CommandLine line) {
        line.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
            abbreviateSynopses(command);
        });
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"x402compute "
                    + Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("unreleased")};
        }
    }
}
