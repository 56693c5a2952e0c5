package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.shell.Terminals;
import io.x402compute.x402.protocol.WireJson;

/** Where somebody sits and types: a home, a wallet's key file, perhaps a terminal, and a clock that pauses move. */
final class Desk {
    /** Of the mnemonic that every test network knows. */
    static final String PRIVATE_KEY = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    static final Terminals PERSON = new Terminals(true, true, true);

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Terminals terminals = Terminals.NONE;
    private String typed = "";
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    /** What a run has left behind. */
    record Run(int code, String out, String err) {
        ObjectNode json() {
            return WireJson.parse(out.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new AssertionError("no JSON: " + out));
        }
    }

    Desk(Path home, String url) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("X402COMPUTE_URL", url);
        environment.put("X402COMPUTE_KEY_FILE", keyFile("wallet.key", PRIVATE_KEY).toString());
    }

    Desk with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Desk without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** A person, who types that when asked. */
    Desk typing(String lines) {
        terminals = PERSON;
        typed = lines;
        return this;
    }

    Desk at(Terminals some) {
        terminals = some;
        return this;
    }

    Path state() {
        return home.resolve(".local/state/x402compute");
    }

    Path keyFile(String name, String text) {
        try {
            Path file = Files.writeString(home.resolve(name), text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Runs a command line. Whatever it was, nothing that it says holds the wallet's key. */
    Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(environment, new BufferedReader(new StringReader(typed)), stream(out), stream(err),
                terminals, clock(), this::pass);
        Run run = new Run(Cli.run(shell, arguments), out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
        assertThat(run.out() + run.err()).doesNotContainIgnoringCase(PRIVATE_KEY.substring(0, 16));
        return run;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
