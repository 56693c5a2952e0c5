package io.x402compute.x402.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.x402compute.x402.protocol.PaymentPayload;

/** Sends requests, with or without a payment, and waits for whole answers. */
final class SellerCalls {
    private final HttpClient http;
    private final Duration timeout;

    /** @param timeout for requests that have none of their own */
    SellerCalls(HttpClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    HttpResponse<byte[]> send(HttpRequest request, Optional<PaymentPayload> payment)
            throws IOException, InterruptedException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
        payment.ifPresent(sent -> copy.setHeader(sent.headerName(), sent.headerText()));
        Duration most = request.timeout().orElse(timeout);
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(copy.timeout(most).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The request's own timeout ends when the answer begins.
            return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + most);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpTimeoutException late ? late : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
