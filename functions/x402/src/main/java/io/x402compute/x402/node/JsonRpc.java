package io.x402compute.x402.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 over HTTP, one question at a time. Every failure is an answer. */
public final class JsonRpc {
    private static final ObjectMapper JSON = new JsonMapper();

    private final URI node;
    private final Duration requestTimeout;
    private final HttpClient http;

    /**
     * @param node where the node is; may hold an access key and never appears in a message
     * @param requestTimeout for one whole exchange, its body included
     */
    public JsonRpc(URI node, Duration connectTimeout, Duration requestTimeout) {
        this.node = node;
        this.requestTimeout = requestTimeout;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout).build();
    }

    /**
     * Asks, and once more when the connection broke: one kept open from an earlier call is dead after the process was
     * paused, and no question changes anything, nor does handing in the same signed transaction twice.
     */
    public NodeAnswer ask(String method, ArrayNode parameters) {
        ObjectNode question = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("id", 1)
                .put("method", method);
        question.set("params", parameters);
        return exchange(question).or(() -> exchange(question))
                .orElseGet(() -> new NodeAnswer.Silence("the node closed the connection"));
    }

    /** Empty when the connection broke. */
    private Optional<NodeAnswer> exchange(ObjectNode question) {
        HttpRequest request = HttpRequest.newBuilder(node).timeout(requestTimeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString(), StandardCharsets.UTF_8)).build();
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request,
                HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The request's own timeout ends with the headers of the answer.
            return Optional.of(answer(response.get(requestTimeout.toNanos(), TimeUnit.NANOSECONDS)));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean broken = cause instanceof IOException
                    && !(cause instanceof HttpTimeoutException || cause instanceof ConnectException);
            return broken
                    ? Optional.empty()
                    : silence("the node did not answer: " + cause.getClass().getSimpleName());
        } catch (TimeoutException e) {
            return silence("the node did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silence("interrupted");
        } finally {
            response.cancel(true);
        }
    }

    private static NodeAnswer answer(HttpResponse<byte[]> response) {
        JsonNode json;
        try {
            json = JSON.readTree(response.body());
        } catch (IOException notJson) {
            json = null;
        }
        if (!(json instanceof ObjectNode)) {
            return new NodeAnswer.Silence("the node answered %d and no JSON object".formatted(response.statusCode()));
        }
        if (json.hasNonNull("error")) {
            return new NodeAnswer.Refusal(json.get("error"));
        }
        return json.has("result")
                ? new NodeAnswer.Result(json.get("result"))
                : new NodeAnswer.Silence("the node answered %d without a result".formatted(response.statusCode()));
    }

    private static Optional<NodeAnswer> silence(String why) {
        return Optional.of(new NodeAnswer.Silence(why));
    }
}
