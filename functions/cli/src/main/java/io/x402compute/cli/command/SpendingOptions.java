package io.x402compute.cli.command;

import java.net.URI;
import java.util.Optional;

import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.purchase.Terms;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.Usdc;

/** How much a command may spend, and of what. */
final class SpendingOptions {
    private static final Usdc MOST = new Usdc(100_000_000);
    private static final Usdc MOST_PER_DAY = new Usdc(200_000_000);
    private static final Usdc ASK_ABOVE = new Usdc(1_000_000);
    private static final String LOCAL_NODE = "http://localhost:8899";
    private static final String MAINNET_NODE = "https://api.mainnet-beta.solana.com";

    @Option(names = {"-y", "--yes"}, description = "Do not ask before paying what is within the limits.")
    boolean yes;

    @Option(names = "--confirm-above", paramLabel = "USDC", description = "Ask before paying more; else "
            + "$$X402COMPUTE_CONFIRM_ABOVE, else 1.")
    Optional<Usdc> confirmAbove = Optional.empty();

    @Option(names = "--max-usdc", paramLabel = "USDC", description = "Never pay more for one purchase; else "
            + "$$X402COMPUTE_MAX_USDC, else 100.")
    Optional<Usdc> most = Optional.empty();

    @Option(names = "--max-usdc-per-day", paramLabel = "USDC", description = "Never sign more in one day (UTC); else "
            + "$$X402COMPUTE_MAX_USDC_PER_DAY, else 200.")
    Optional<Usdc> mostPerDay = Optional.empty();

    @Option(names = "--idempotency-key", paramLabel = "NAME", description = "Your own name for this purchase: by one "
            + "name it is bought once for ever, however often the command is run.")
    Optional<String> name = Optional.empty();

    @Option(names = "--new", description = "Buy it even if the same was begun before and is not over.")
    boolean anew;

    @Option(names = "--solana-rpc-url", paramLabel = "URL", description = "Solana node, asked by Solana wallets for "
            + "a blockhash; else $$X402COMPUTE_SOLANA_RPC_URL, else the local run's or a public one.")
    Optional<URI> solanaNode = Optional.empty();

    Terms terms(Session session, boolean onCredit) {
        Shell shell = session.shell();
        name.filter(text -> !text.matches("[\\x20-\\x7e]{1,255}")).ifPresent(text -> {
            throw new CommandFailed(ExitCode.USAGE, "--idempotency-key takes 1 to 255 printable ASCII characters");
        });
        return new Terms(limit(shell, most, "X402COMPUTE_MAX_USDC", MOST),
                limit(shell, mostPerDay, "X402COMPUTE_MAX_USDC_PER_DAY", MOST_PER_DAY),
                limit(shell, confirmAbove, "X402COMPUTE_CONFIRM_ABOVE", ASK_ABOVE), yes, onCredit, anew, name,
                solanaNode(shell, session.api().url()));
    }

    private URI solanaNode(Shell shell, URI api) {
        try {
            return solanaNode.or(() -> shell.variable("X402COMPUTE_SOLANA_RPC_URL").map(URI::create))
                    .orElseGet(() -> URI.create(ComputeApi.isLoopback(api) ? LOCAL_NODE : MAINNET_NODE));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "X402COMPUTE_SOLANA_RPC_URL is no URL");
        }
    }

    private static Usdc limit(Shell shell, Optional<Usdc> flag, String variable, Usdc otherwise) {
        try {
            return flag.or(() -> shell.variable(variable).map(Converters::usdc)).orElse(otherwise);
        } catch (TypeConversionException e) {
            throw new CommandFailed(ExitCode.USAGE, "%s: %s".formatted(variable, e.getMessage()));
        }
    }
}
