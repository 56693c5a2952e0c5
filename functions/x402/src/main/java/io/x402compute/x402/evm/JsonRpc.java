package io.x402compute.x402.evm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/** JSON-RPC 2.0 over HTTP, one question at a time. */
final class JsonRpc {
    private final URI node;
    private final Duration requestTimeout;
    private final HttpClient http;

    /**
     * @param requestTimeout for one whole exchange, its body included
     */
    JsonRpc(URI node, Duration connectTimeout, Duration requestTimeout) {
        this.node = node;
        this.requestTimeout = requestTimeout;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout).build();
    }

    /**
     * Asks, and once more when the connection broke: one kept open from an earlier call is dead after the process was
     * paused, and no question changes anything, nor does handing in the same signed transaction twice.
     */
    JsonNode ask(String method, ArrayNode parameters) throws RpcFailure, ChainUnavailable {
        ObjectNode question = WireJson.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        question.set("params", parameters);
        try {
            return answer(exchange(question));
        } catch (LostConnection first) {
            try {
                return answer(exchange(question));
            } catch (LostConnection again) {
                throw new ChainUnavailable("the node closed the connection");
            }
        }
    }

    private static JsonNode answer(HttpResponse<byte[]> response) throws RpcFailure, ChainUnavailable {
        ObjectNode json = WireJson.parse(response.body()).orElseThrow(
                () -> new ChainUnavailable("the node answered %d and no JSON object".formatted(response.statusCode())));
        if (json.hasNonNull("error")) {
            throw RpcFailure.of(json.get("error"));
        }
        if (!json.has("result")) {
            throw new ChainUnavailable("the node answered %d without a result".formatted(response.statusCode()));
        }
        return json.get("result");
    }

    private HttpResponse<byte[]> exchange(ObjectNode question) throws LostConnection, ChainUnavailable {
        HttpRequest request = HttpRequest.newBuilder(node).timeout(requestTimeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString(), StandardCharsets.UTF_8)).build();
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request,
                HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The request's own timeout ends with the headers of the answer.
            return response.get(requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException
                    && !(cause instanceof HttpTimeoutException || cause instanceof ConnectException)) {
                throw new LostConnection();
            }
            throw new ChainUnavailable("the node did not answer: " + cause.getClass().getSimpleName());
        } catch (TimeoutException e) {
            throw new ChainUnavailable("the node did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainUnavailable("interrupted");
        } finally {
            response.cancel(true);
        }
    }

    private static final class LostConnection extends Exception {
        private static final long serialVersionUID = 1;
    }
}
