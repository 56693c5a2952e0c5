package io.x402compute.cli.command;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

import picocli.CommandLine.Option;

import io.x402compute.cli.api.Callers;
import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.wallet.Key;
import io.x402compute.cli.wallet.KeyFile;

/** What every command takes. A flag counts for more than a variable. */
final class CommonOptions {
    static final String LOCAL_RUN = "http://localhost:4020";
    private static final Pattern API_KEY = Pattern.compile("x402c_[A-Za-z0-9_-]{1,200}");

    @Option(names = "--json", description = "Print the API's JSON; an error is one line of JSON, too.")
    boolean json;

    @Option(names = "--url", paramLabel = "URL", description = "The API; else $$X402COMPUTE_URL, else the local run at "
            + LOCAL_RUN + ".")
    Optional<String> url = Optional.empty();

    @Option(names = "--key-file", paramLabel = "FILE", description = "File with the wallet's private key, readable "
            + "by you alone; else $$X402COMPUTE_KEY_FILE. 64 hex digits pay on Base, base58 or the Solana CLI's JSON "
            + "array on Solana.")
    Optional<String> keyFile = Optional.empty();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    private Optional<Key> key = Optional.empty();

    /** The API, for whoever the flags and the environment name. */
    ComputeApi api(Shell shell) {
        Optional<String> apiKey = shell.variable("X402COMPUTE_API_KEY");
        if (apiKey.filter(text -> !API_KEY.matcher(text).matches()).isPresent()) {
            throw new CommandFailed(ExitCode.USAGE, "X402COMPUTE_API_KEY holds no API key: they start with x402c_");
        }
        return new ComputeApi(address(shell), new Callers(apiKey, () -> key(shell), shell.clock()));
    }

    private Optional<Key> key(Shell shell) {
        if (key.isEmpty()) {
            key = keyFile.or(() -> shell.variable("X402COMPUTE_KEY_FILE")).map(KeyFile::read);
        }
        return key;
    }

    private URI address(Shell shell) {
        String text = url.or(() -> shell.variable("X402COMPUTE_URL")).orElse(LOCAL_RUN).replaceFirst("/+$", "");
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "the API's address is no URL; see --url and X402COMPUTE_URL");
        }
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getQuery() != null || address.getUserInfo() != null) {
            throw new CommandFailed(ExitCode.USAGE, "the API's address has to look like https://host; "
                    + "see --url and X402COMPUTE_URL");
        }
        if ("http".equals(address.getScheme()) && !ComputeApi.isLoopback(address)) {
            throw new CommandFailed(ExitCode.USAGE, "%s would be reached without encryption: anybody on the way could "
                    .formatted(address) + "take keys and payments; use https");
        }
        return address;
    }
}
