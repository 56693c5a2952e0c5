package io.x402compute.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * One purchase by a script that uses somebody else's client, as published.
 *
 * @param script in this module's folder
 */
record NodeClient(String script) {
    private static final long SECONDS = 60;

    /**
     * Runs it.
     *
     * @param schemes what the client knows: {@code v1}, {@code v2} or {@code both}
     * @return what it printed: {@code status}, {@code body} and {@code paymentResponse}
     */
    JsonNode buy(URI api, String privateKey, String schemes, ObjectNode body) {
        ProcessBuilder node = new ProcessBuilder("node", Path.of(script).toAbsolutePath().toString())
                .redirectError(Redirect.INHERIT);
        node.environment().putAll(Map.of(
                "API_URL", api.toString(),
                "PRIVATE_KEY", UsedSecrets.remember(privateKey),
                "SCHEMES", schemes,
                "BODY", Json.write(body)));
        try {
            Process process = node.start();
            process.getOutputStream().close();
            byte[] printed = process.getInputStream().readAllBytes();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(script + " did not end");
            }
            return Json.read(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
