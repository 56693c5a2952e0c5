package io.x402compute.x402.facilitator;

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

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/** Posts JSON under a base URL. Every failure is a reply, and none is sent again by itself. */
final class FacilitatorCalls {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final String base;
    private final HttpClient http;

    FacilitatorCalls(URI base, Duration connectTimeout) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text : text + "/";
        // Over HTTP/1.1 this client repeats only GET and HEAD when a connection breaks.
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout).build();
    }

    /**
     * Asks once.
     *
     * @param timeout for the whole call; the HTTP client's own would end with the answer's headers
     */
    FacilitatorReply post(String path, ObjectNode json, Duration timeout) {
        if (!timeout.isPositive()) {
            return new FacilitatorReply.Silence("no time left to ask", false);
        }
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toString(), StandardCharsets.UTF_8))
                .build();
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request,
                head -> new CappedBody(MAX_ANSWER_BYTES));
        try {
            return read(response.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return silence(e.getCause());
        } catch (TimeoutException e) {
            return silence(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silence(e);
        } finally {
            response.cancel(true);
        }
    }

    private static FacilitatorReply read(HttpResponse<byte[]> response) {
        return WireJson.parse(response.body())
                .<FacilitatorReply>map(json -> new FacilitatorAnswer(response.statusCode(), json))
                .orElseGet(() -> new FacilitatorReply.Silence(
                        "the facilitator answered %d and no JSON object".formatted(response.statusCode()), false));
    }

    private static FacilitatorReply.Silence silence(Throwable failure) {
        boolean lostConnection = failure instanceof IOException && !(failure instanceof HttpTimeoutException)
                && !(failure instanceof ConnectException);
        return new FacilitatorReply.Silence("the facilitator did not answer: " + failure.getClass().getSimpleName(),
                lostConnection);
    }
}
