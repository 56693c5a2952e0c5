package io.x402compute.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The ecosystem's own facilitator classes, in a process of their own. */
final class ReferenceVerification implements AutoCloseable {
    private final Process node;
    private final PrintWriter orders;
    private final BufferedReader answers;

    /** @param payments what the script is to verify; see there */
    ReferenceVerification(ObjectNode payments) throws IOException {
        node = new ProcessBuilder("node", Path.of("clients", "verify-benchmark.mjs").toAbsolutePath().toString())
                .redirectError(Redirect.INHERIT).start();
        orders = new PrintWriter(node.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = node.inputReader(StandardCharsets.UTF_8);
        orders.println(Json.write(payments));
    }

    /** @param chain {@code evm} or {@code svm} */
    Contender on(String chain) {
        return time -> {
            orders.println(chain + " " + time.toMillis());
            try {
                String rate = answers.readLine();
                if (rate == null) {
                    throw new AssertionError("the reference stopped");
                }
                return Double.parseDouble(rate);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public void close() {
        node.destroy();
    }
}
