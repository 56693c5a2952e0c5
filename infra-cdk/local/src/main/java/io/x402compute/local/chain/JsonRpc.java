package io.x402compute.local.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** JSON-RPC to the node, including the methods that only a development node has. */
final class JsonRpc implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI url;

    JsonRpc(URI url) {
        this.url = url;
    }

    URI url() {
        return url;
    }

    /**
     * Calls the method with parameters that are text, numbers, maps or lists of these.
     *
     * @throws RpcException when the node answers with an error, as it does for a call that reverts
     * @throws UncheckedIOException when it does not answer
     */
    JsonNode call(String method, Object... parameters) {
        ObjectNode body = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        body.set("params", Json.tree(Arrays.asList(parameters)));
        HttpRequest request = HttpRequest.newBuilder(url).timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
        JsonNode answer = send(request);
        if (answer.hasNonNull("error")) {
            throw new RpcException(method + ": " + answer.get("error").path("message").asText());
        }
        return answer.required("result");
    }

    private JsonNode send(HttpRequest request) {
        try {
            return Json.read(http.send(request, BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
