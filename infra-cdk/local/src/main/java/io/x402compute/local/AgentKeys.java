package io.x402compute.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Puts an agent's private key where a person's own would be: in files that the command line takes, one for each chain. Everybody
 * knows that key, but the command line takes none that others may read.
 */
final class AgentKeys {
    private AgentKeys() {}

    /**
     * Writes {@code agent.key} and {@code agent-solana.key}.
     *
     * @return the first of them
     */
    static Path write(Path folder, String onBase, String onSolana) {
        write(folder.resolve("agent-solana.key"), onSolana);
        return write(folder.resolve("agent.key"), onBase);
    }

    private static Path write(Path file, String key) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
