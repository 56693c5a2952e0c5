package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.provider.ProviderSimulator;

/** Looks for secrets in what a run left for others to read: log lines and published events. */
final class Leaks {
    private static final int ACCOUNTS = 10;
    /** What no line has any business with, whoever made it: 65-byte signatures, payment headers, the simulator's passwords. */
    private static final Pattern SECRET_SHAPE = Pattern
            .compile("0x[0-9a-fA-F]{130}|eyJ4NDAyVmVyc2lvbi|password-[0-9a-f]+\\{Fk#|ssh-[a-z0-9]+ AAAA");

    private Leaks() {}

    static void assertNone(LocalCloud cloud) {
        assertThat(in(cloud)).as("secrets in log lines and events").isEmpty();
    }

    /** Every line that holds a secret, with the secret. */
    static List<String> in(LocalCloud cloud) {
        List<String> secrets = new ArrayList<>(UsedSecrets.all());
        secrets.add(ProviderSimulator.API_KEY);
        IntStream.range(0, ACCOUNTS).forEach(account -> secrets.add(cloud.evm().privateKey(account).substring(2)));
        return readable(cloud)
                .flatMap(line -> secretIn(line, secrets).map(secret -> secret + " in " + line).stream())
                .toList();
    }

    private static Stream<String> readable(LocalCloud cloud) {
        return Stream.concat(cloud.logLines().stream(),
                cloud.events().stream().map(event -> event.detailType() + " " + Json.write(event.detail())));
    }

    private static Optional<String> secretIn(String line, List<String> secrets) {
        return SECRET_SHAPE.matcher(line).results().map(found -> found.group()).findFirst()
                .or(() -> secrets.stream().filter(line::contains).findFirst());
    }
}
