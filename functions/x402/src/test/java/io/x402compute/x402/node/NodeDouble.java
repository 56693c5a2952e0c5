package io.x402compute.x402.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.x402.protocol.WireJson;

/** A node that says by heart what real ones say, keeps what it was asked, and can be rude. */
public final class NodeDouble implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new HashMap<>();
    private final List<ObjectNode> questions = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private int hangUps;
    private boolean silent;

    public NodeDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/secret-access-key");
    }

    /** The JSON members beside {@code jsonrpc} and {@code id}. */
    public void answer(String method, String members) {
        answers.put(method, "{\"jsonrpc\":\"2.0\",\"id\":1," + members + "}");
    }

    public void answerText(String method, String body) {
        answers.put(method, body);
    }

    public void hangUp(int times) {
        hangUps = times;
    }

    public void fallSilent() {
        silent = true;
    }

    public List<ObjectNode> questions() {
        return List.copyOf(questions);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        ObjectNode question = WireJson.parse(exchange.getRequestBody().readAllBytes()).orElseThrow();
        questions.add(question);
        if (silent) {
            awaitClosing();
        }
        if (hangUps > 0) {
            hangUps--;
        } else {
            byte[] body = answers.get(question.get("method").textValue()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
