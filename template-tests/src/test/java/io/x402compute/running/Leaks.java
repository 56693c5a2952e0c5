package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.provider.ProviderSimulator;

/** Looks for secrets in what a run leaves for others to read: log lines and published events. */
final class Leaks {
    private static final int ACCOUNTS = 10;
    /** What no line has any business with, whoever made it: 65-byte signatures, payment headers, passwords, SSH keys, API keys. */
    private static final Pattern SECRET_SHAPE = Pattern
            .compile(
                    "0x[0-9a-fA-F]{130}|eyJ4NDAyVmVyc2lvbi|password-[0-9a-f]+\\{Fk#|ssh-[a-z0-9]+ AAAA|x402c_[A-Za-z0-9_-]{48}");

    private Leaks() {}

    static void assertNone(LocalCloud cloud) {
        Set<String> secrets = new HashSet<>(UsedSecrets.all());
        secrets.add(ProviderSimulator.API_KEY);
        IntStream.range(0, ACCOUNTS).forEach(account -> secrets.add(cloud.evm().privateKey(account).substring(2)));
        assertThat(in(readable(cloud), secrets)).as("secrets in log lines and events").isEmpty();
    }

    /** The secrets that stand in these lines, each with its line. */
    static List<String> in(Stream<String> lines, Set<String> secrets) {
        return lines.flatMap(line -> secretIn(line, secrets).map(secret -> secret + " in " + line).stream()).toList();
    }

    private static Stream<String> readable(LocalCloud cloud) {
        return Stream.concat(
                cloud.logLines().stream(),
                cloud.events().stream().map(event -> event.detailType() + " " + Json.write(event.detail())));
    }

    private static Optional<String> secretIn(String line, Set<String> secrets) {
        return SECRET_SHAPE.matcher(line).results().map(MatchResult::group).findFirst()
                .or(() -> secrets.stream().filter(line::contains).findFirst());
    }
}
