package io.x402compute.x402.facilitator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/** JSON over HTTP under a base URL. */
final class HttpFacilitatorCalls implements FacilitatorCalls {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final String base;
    private final FacilitatorAuthorization authorization;
    private final HttpClient http;

    HttpFacilitatorCalls(URI base, Duration connectTimeout, FacilitatorAuthorization authorization) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text : text + "/";
        this.authorization = authorization;
        // Over HTTP/1.1 this client repeats only GET and HEAD when a connection breaks.
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout).build();
    }

    @Override
    public FacilitatorReply get(String path, Duration timeout) {
        return exchange("GET", path, BodyPublishers.noBody(), timeout);
    }

    @Override
    public FacilitatorReply post(String path, ObjectNode json, Duration timeout) {
        return exchange("POST", path, BodyPublishers.ofString(json.toString(), StandardCharsets.UTF_8), timeout);
    }

    /** @param timeout the HTTP client's own would end with the answer's headers */
    private FacilitatorReply exchange(String method, String path, BodyPublisher body, Duration timeout) {
        if (!timeout.isPositive()) {
            return new FacilitatorReply.Silence("no time left to ask", false);
        }
        URI target = URI.create(base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(timeout)
                .header("Content-Type", "application/json").method(method, body);
        try {
            authorization.headers(method, target).forEach(request::header);
        } catch (FacilitatorAuthorization.NoKey e) {
            return new FacilitatorReply.Silence(e.getMessage(), false);
        }
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request.build(),
                head -> new CappedBody(MAX_ANSWER_BYTES));
        try {
            return answer(response.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
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

    /** What is no JSON object says as much as an empty one. */
    private static FacilitatorAnswer answer(HttpResponse<byte[]> response) {
        Optional<Duration> retryAfter = response.headers().firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Integer.parseInt(text)));
        return new FacilitatorAnswer(response.statusCode(),
                WireJson.parse(response.body()).orElseGet(WireJson::object), retryAfter);
    }

    private static FacilitatorReply.Silence silence(Throwable failure) {
        boolean lostConnection = failure instanceof IOException && !(failure instanceof HttpTimeoutException)
                && !(failure instanceof ConnectException);
        return new FacilitatorReply.Silence("the facilitator did not answer: " + failure.getClass().getSimpleName(),
                lostConnection);
    }
}
