package io.x402compute.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts {@link Buy} or {@link BuyRun} where a person can call it by name, with this JVM and class path, as one of the agents. */
final class BuyCommand {
    private BuyCommand() {}

    static void write(Path file, Class<?> command, URI apiUrl, URI solanaUrl, String privateKey) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Files.writeString(file, """
                    #!/bin/sh
                    # Written by the local run. The private key is a public test mnemonic's.
                    : "${API_URL:=%s}" "${PRIVATE_KEY:=%s}" "${MAX_SPEND_USD:=1000}" "${SOLANA_RPC_URL:=%s}"
                    export API_URL PRIVATE_KEY MAX_SPEND_USD SOLANA_RPC_URL
                    exec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s "$@"
                    """.formatted(
                    apiUrl, privateKey, solanaUrl, java, System.getProperty("java.class.path"), command.getName()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
