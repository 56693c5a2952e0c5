package io.x402compute.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.LocalClock;

/**
 * A script that is or uses a client of our API.
 *
 * @param script in this module's folder
 */
record NodeClient(String script) {
    private static final long SECONDS = 60;
    private static final String LOCAL_TIME = "clients/local-time.mjs";

    /**
     * Has it buy something, in the time of the local run.
     *
     * @param schemes what the client knows: {@code v1}, {@code v2} or {@code both}
     * @return what it printed: {@code status}, {@code body} and {@code paymentResponse}
     */
    JsonNode buy(URI api, String privateKey, String schemes, ObjectNode body) {
        return run(api, privateKey, Map.of("SCHEMES", schemes, "BODY", Json.write(body)));
    }

    /** Has it buy something by Permit2. */
    JsonNode buyByPermit2(URI api, String privateKey, ObjectNode body) {
        return run(api, privateKey, Map.of("SCHEMES", "both", "METHOD", "permit2", "BODY", Json.write(body)));
    }

    /**
     * Has it carry out commands, one after the other, in the time of the local run.
     *
     * @param settings environment variables that the script knows
     * @param commands each a name and its arguments
     * @return for each of them which it was, {@code ok}, and {@code shown} or {@code error}
     */
    List<JsonNode> carryOut(URI api, String privateKey, Map<String, String> settings,
            List<? extends List<?>> commands) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("COMMANDS", Json.write(Json.tree(commands)));
        return run(api, privateKey, environment).valueStream().collect(Collectors.toCollection(ArrayList::new));
    }

    /** Has it do one thing, told by environment variables that the script knows, with the node or API at that URL. */
    JsonNode step(URI url, String privateKey, Map<String, String> settings) {
        return run(url, privateKey, settings);
    }

    private JsonNode run(URI api, String privateKey, Map<String, String> settings) {
        ProcessBuilder node = new ProcessBuilder("node", "--import", Path.of(LOCAL_TIME).toUri().toString(),
                Path.of(script).toAbsolutePath().toString()).redirectError(Redirect.INHERIT);
        node.environment().putAll(settings);
        node.environment().put("API_URL", api.toString());
        node.environment().put("PRIVATE_KEY", UsedSecrets.remember(privateKey));
        node.environment().put("CLOCK_OFFSET_MILLIS", Long.toString(LocalClock.offset().toMillis()));
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
