package io.x402compute.inference.outside;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request, once, on a connection of its own: one that was kept, and that the other side closed while this function was frozen, would make
 * the outcome unknown for no reason. Follows no redirects.
 */
public final class Exchange {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private Exchange() {}

    /**
     * Sends it.
     *
     * @param begun until when an answer must have begun
     * @param mostBytes of an answer
     */
    public static Reply send(HttpRequest.Builder request, Duration begun, Patience patience, int mostBytes) {
        Duration left = patience.left();
        Duration first = begun.compareTo(left) < 0 ? begun : left;
        if (!first.isPositive()) {
            return new Reply.NotSent();
        }
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT.compareTo(first) < 0 ? CONNECT : first).build();
        try {
            return send(client, request.timeout(first).build(), left, new BoundedBody(mostBytes));
        } finally {
            client.shutdownNow();
        }
    }

    private static Reply send(HttpClient client, HttpRequest request, Duration limit, BoundedBody body) {
        CompletableFuture<?> exchange = client.sendAsync(request, body);
        try {
            // The request's own timeout ends with the headers; this one covers the body too.
            exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return body.whole();
        } catch (TimeoutException e) {
            return body.cut(false);
        } catch (ExecutionException e) {
            return failed(e.getCause(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return body.cut(true);
        } finally {
            exchange.cancel(true);
        }
    }

    private static Reply failed(Throwable cause, BoundedBody body) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Reply.NotSent();
        }
        return body.cut(!(cause instanceof HttpTimeoutException));
    }
}
