package io.x402compute.inference;

import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.outside.PublicAddresses;

/**
 * Posts over HTTPS to hosts of the internet. What a name stands for is looked at each time it is posted to: it may have been moved inside since it was
 * accepted. What is answered beside the status is not looked at.
 */
public final class HttpWebhooks implements WebhookSender {
    private static final String SIGNATURE = "X-Webhook-Signature";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int SUCCESS = 2;

    private final OutsideUrls urls;

    /** @param urls those that buyers may name */
    public HttpWebhooks(OutsideUrls urls) {
        this.urls = urls;
    }

    @Override
    public boolean post(URI url, String body, String signature, Duration patience) {
        if (!isOpen(url)) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(url).timeout(patience).header("Content-Type", "application/json")
                .header("User-Agent", "x402Compute").header(SIGNATURE, signature).POST(BodyPublishers.ofString(body))
                .build();
        // Of its own: one that was kept, and that the other side closed while this function was frozen, would fail for no reason.
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        try {
            return isTaken(client, request, patience);
        } finally {
            client.shutdownNow();
        }
    }

    private boolean isOpen(URI url) {
        try {
            // Without TLS only this very machine is open, and only in the local run.
            return urls.parse(url.toString()).isPresent()
                    && ("http".equalsIgnoreCase(url.getScheme()) || PublicAddresses.isPublic(url));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isTaken(HttpClient client, HttpRequest request, Duration patience) {
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return exchange.get(patience.toNanos(), TimeUnit.NANOSECONDS).statusCode() / 100 == SUCCESS;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            exchange.cancel(true);
        }
    }
}
