package io.x402compute.x402.facilitator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.x402.protocol.WireJson;

/**
 * A facilitator on the loopback interface that answers what it is told to, in that order, and lists the kinds of the sample payments
 * whenever it is asked what it supports.
 */
final class FacilitatorDouble implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<HttpHandler> replies = new ConcurrentLinkedQueue<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> envelopes = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FacilitatorDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.createContext("/facilitator/supported", this::list);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/facilitator");
    }

    List<String> paths() {
        return paths;
    }

    List<ObjectNode> envelopes() {
        return envelopes;
    }

    /** What came as {@code Authorization} with each request, the list's included. */
    List<String> authorizations() {
        return authorizations;
    }

    FacilitatorDouble answers(int status, String body) {
        replies.add(exchange -> answer(exchange, status, body));
        return this;
    }

    /** Too many requests, with the time after which there may be more. */
    FacilitatorDouble isBusy(String retryAfter) {
        replies.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            answer(exchange, 429, "{\"error\":\"slow down\"}");
        });
        return this;
    }

    /** Takes the request and hangs up, as a connection does that was idle for too long. */
    FacilitatorDouble hangsUp() {
        replies.add(HttpExchange::close);
        return this;
    }

    FacilitatorDouble neverAnswers() {
        replies.add(exchange -> awaitClose());
        return this;
    }

    /** Sends the head of a good answer, and then nothing. */
    FacilitatorDouble stallsInTheBody() {
        replies.add(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitClose();
        });
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void list(HttpExchange exchange) throws IOException {
        noteAuthorization(exchange);
        answer(exchange, 200, SupportedKindsTest.SAMPLES);
    }

    private void noteAuthorization(HttpExchange exchange) {
        authorizations.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse(""));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        noteAuthorization(exchange);
        paths.add(exchange.getRequestURI().getPath());
        envelopes.add(WireJson.parse(exchange.getRequestBody().readAllBytes()).orElseThrow());
        replies.remove().handle(exchange);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
