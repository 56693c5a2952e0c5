package io.x402compute.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;

/** Files whose text goes into a request. */
final class FileOptions {
    private static final int MOST_BYTES = 64 * 1024;

    private FileOptions() {}

    /** The one line of a public key; the other half must never leave. */
    static String sshPublicKey(Path file) {
        String text = text(file).strip();
        if (text.contains("PRIVATE KEY")) {
            throw new CommandFailed(ExitCode.USAGE,
                    "%s is a private key: it stays here; name %s.pub".formatted(file, file));
        }
        return text;
    }

    static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailed(ExitCode.USAGE, file + " is longer than any machine takes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE,
                    "%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }
}
