package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.client.Answer;
import io.x402compute.local.inference.InferenceServer;
import io.x402compute.local.provider.ProviderSimulator;

/**
 * Looks for secrets in what a run leaves for others to read: log lines, published events and the bodies of errors; and in its
 * tables for those that nobody keeps.
 */
final class Leaks {
    private static final int ACCOUNTS = 10;
    /** What no line has any business with, whoever made it: 65-byte signatures, payment headers, passwords, SSH keys, API keys. */
    private static final Pattern SECRET_SHAPE = Pattern
            .compile(
                    "0x[0-9a-fA-F]{130}|eyJ4NDAyVmVyc2lvbi|password-[0-9a-f]+\\{Fk#|ssh-[a-z0-9]+ AAAA|\\$6\\$|x402c_[A-Za-z0-9_-]{48}");

    /** What no table has any business with: passwords, or what a machine is told of one, and API keys. */
    private static final Pattern UNKEPT_SHAPE = Pattern
            .compile("password-[0-9a-f]+\\{Fk#|\\$6\\$|x402c_[A-Za-z0-9_-]{48}");
    private static final int FIRST_ERROR = 400;
    private static final Queue<String> ERRORS = new ConcurrentLinkedQueue<>();

    private Leaks() {}

    /** Keeps what an error says, to look at it when everything secret is known. */
    static Answer noted(Answer answer) {
        if (answer.status() >= FIRST_ERROR) {
            ERRORS.add(Json.write(answer.body()));
        }
        return answer;
    }

    static void assertNone(LocalCloud cloud) {
        Set<String> unkept = new HashSet<>(UsedSecrets.unkept());
        unkept.add(ProviderSimulator.API_KEY);
        unkept.add(InferenceServer.API_KEY);
        IntStream.range(0, ACCOUNTS).forEach(account -> unkept.add(cloud.evm().privateKey(account).substring(2)));
        Set<String> secrets = new HashSet<>(UsedSecrets.all());
        secrets.addAll(unkept);
        assertThat(in(readable(cloud), secrets)).as("secrets in log lines, events and errors").isEmpty();
        assertThat(in(stored(cloud.tables()), unkept, UNKEPT_SHAPE)).as("secrets in tables").isEmpty();
    }

    /** The secrets that stand in these lines, each with its line. */
    static List<String> in(Stream<String> lines, Set<String> secrets) {
        return in(lines, secrets, SECRET_SHAPE);
    }

    private static List<String> in(Stream<String> lines, Set<String> secrets, Pattern shape) {
        return lines.flatMap(line -> secretIn(line, secrets, shape).map(secret -> secret + " in " + line).stream())
                .toList();
    }

    private static Stream<String> readable(LocalCloud cloud) {
        return Stream.of(
                cloud.logLines().stream(), ERRORS.stream(),
                cloud.events().stream().map(event -> event.detailType() + " " + Json.write(event.detail())))
                .flatMap(lines -> lines);
    }

    /** Every item of every table. */
    private static Stream<String> stored(DynamoDbClient tables) {
        return tables.listTables().tableNames().stream()
                .flatMap(name -> tables.scanPaginator(scan -> scan.tableName(name)).items().stream()
                        .map(item -> name + " " + item));
    }

    private static Optional<String> secretIn(String line, Set<String> secrets, Pattern shape) {
        return shape.matcher(line).results().map(MatchResult::group).findFirst()
                .or(() -> secrets.stream().filter(line::contains).findFirst());
    }
}
